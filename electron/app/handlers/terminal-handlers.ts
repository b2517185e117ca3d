import { Trouble } from '../../../shared/trouble.ts';
import type { Handlers } from './handlers.ts';

type Names =
  | 'openTerminal'
  | 'typeInTerminal'
  | 'typeCommand'
  | 'resizeTerminal'
  | 'ackTerminal'
  | 'closeTerminal';

/** The calls about shells. */
export function terminalHandlers(): { handlers: Pick<Handlers, Names>; closeAll(): Promise<void> } {
  const unavailable = async (): Promise<never> => {
    throw new Trouble('terminal-unavailable', { detail: '' });
  };
  return {
    handlers: {
      openTerminal: unavailable,
      typeInTerminal: unavailable,
      typeCommand: unavailable,
      resizeTerminal: unavailable,
      ackTerminal: unavailable,
      closeTerminal: unavailable,
    },
    closeAll: async () => {},
  };
}
