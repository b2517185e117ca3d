import { Trouble } from '../../../shared/trouble.ts';
import { openSshTerminal } from '../../connect/ssh-terminal.ts';
import type { Host } from '../host.ts';
import type { Logins } from '../machines/logins.ts';
import { type Machines, wayTo } from '../machines/machines.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { Runner } from '../runs/runner.ts';
import type { State } from '../state.ts';
import { openLocalPty } from '../terminals/local-pty.ts';
import { createTerminals, type Terminals } from '../terminals/terminals.ts';
import { findCommand } from './run-handlers.ts';

interface Parts {
  host: Pick<Host, 'push' | 'platform' | 'env'>;
  state: State;
  machines: Machines;
  logins: Logins;
  store: RunStore;
  runner: Runner;
}

/** The calls about shells. */
export function terminalHandlers({ host, state, machines, logins, store, runner }: Parts): Terminals {
  return createTerminals({
    push: (name, value) => host.push(name, value),
    lang: () => state.value.lang,
    findCommand: (run, command) => findCommand({ store, runner }, run, command),
    openLocal: (size) => openLocalPty(host, size),
    openGuest: async (machine, size, signal) => {
      const known = await machines.find(machine);
      if (known.kind === 'sample') {
        throw new Trouble('terminal-unavailable', {
          detail: { en: 'a recording has no shell', 'zh-CN': '录制文件没有终端' },
        });
      }
      const login = await logins.of(known, wayTo(known), signal);
      const pty = await openSshTerminal(login.target, size, signal);
      await login.succeeded();
      return { pty, user: login.target.user };
    },
  });
}
