import type { CommandRecord } from '../../../shared/run.ts';
import type { Lang } from '../../../shared/text.ts';
import { Trouble } from '../../../shared/trouble.ts';
import type { Pty, PtySize } from '../../connect/pty.ts';
import type { Handlers } from '../handlers/handlers.ts';
import type { Host } from '../host.ts';
import { typedText } from '../runs/command-text.ts';
import { troubleView } from '../trouble-view.ts';
import { Terminal } from './terminal.ts';

/** Shells that can be open at a time. */
const MOST = 16;

/** A shell on a machine. */
export interface GuestPty {
  pty: Pty;
  /** Who logged in: root needs no sudo. */
  user: string;
}

export interface TerminalParts {
  push: Host['push'];
  /** Logs in to a machine for a shell; asks the person for what is missing. The signal ends the login. */
  openGuest(machine: string, size: PtySize, signal: AbortSignal): Promise<GuestPty>;
  /** A shell on this computer. */
  openLocal(size: PtySize): Promise<Pty>;
  /** A command of a run. */
  findCommand(run: string, command: string): Promise<CommandRecord | undefined>;
  lang(): Lang;
}

type Names =
  | 'openTerminal'
  | 'typeInTerminal'
  | 'typeCommand'
  | 'resizeTerminal'
  | 'ackTerminal'
  | 'closeTerminal';

export interface Terminals {
  handlers: Pick<Handlers, Names>;
  /** Ends every shell, and every login on the way to one; resolves when they are gone. More can be opened after it. */
  closeAll(): Promise<void>;
}

/** The shells of the window. What is meant for a shell that is over changes nothing. */
export function createTerminals(parts: TerminalParts): Terminals {
  const { push, openGuest, openLocal, findCommand, lang } = parts;
  const open = new Map<string, Terminal>();
  const opening = new Set<AbortController>();
  let count = 0;

  const start = async (machine: string | undefined, size: PtySize): Promise<string> => {
    if (open.size + opening.size >= MOST) throw new Trouble('too-many-terminals', { most: MOST });
    const stop = new AbortController();
    opening.add(stop);
    try {
      const { pty, user } =
        machine === undefined
          ? { pty: await openLocal(size), user: '' }
          : await openGuest(machine, size, stop.signal);
      if (stop.signal.aborted) {
        await pty.close();
        throw new Trouble('cancelled');
      }
      count += 1;
      const id = `t${count}`;
      const terminal = new Terminal(pty, {
        user,
        lang,
        send: (data) => push('terminalData', { terminal: id, data }),
        ended: (end) => {
          open.delete(id);
          const how = 'trouble' in end ? { trouble: troubleView(end.trouble) } : end;
          push('terminalEnded', { terminal: id, end: how });
        },
      });
      open.set(id, terminal);
      return id;
    } finally {
      opening.delete(stop);
    }
  };

  return {
    handlers: {
      openTerminal: async ({ machine, cols, rows }) => ({ terminal: await start(machine, { cols, rows }) }),
      typeInTerminal: async ({ terminal, data }) => open.get(terminal)?.type(data),
      typeCommand: async ({ terminal, run, command }) => {
        const found = await findCommand(run, command);
        const shell = open.get(terminal);
        if (!found || !shell) return;
        const { script, asRoot } = found;
        await shell.quiet();
        shell.type(typedText({ script, asRoot: asRoot && shell.user !== 'root' }));
      },
      resizeTerminal: async ({ terminal, cols, rows }) => open.get(terminal)?.resize({ cols, rows }),
      ackTerminal: async ({ terminal, chars }) => open.get(terminal)?.shown(chars),
      closeTerminal: async ({ terminal }) => {
        const shell = open.get(terminal);
        open.delete(terminal);
        await shell?.close();
      },
    },
    closeAll: async () => {
      for (const stop of opening) stop.abort();
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map((terminal) => terminal.close()));
    },
  };
}
