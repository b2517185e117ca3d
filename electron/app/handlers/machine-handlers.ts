import { homedir } from 'node:os';
import { join } from 'node:path';
import { sshNames } from '../../connect/ssh-names.ts';
import type { Host } from '../host.ts';
import type { Machines } from '../machines/machines.ts';
import type { VirtualBoxWatch } from '../machines/virtualbox-watch.ts';
import { DIALOG_PHRASES } from '../phrases.ts';
import type { Runner } from '../runs/runner.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handlers.ts';

interface Parts {
  host: Pick<Host, 'chooseFile' | 'env'>;
  state: State;
  machines: Machines;
  watch: VirtualBoxWatch;
  runner: Runner;
}

type Names =
  | 'refreshMachines'
  | 'openWay'
  | 'closeWay'
  | 'sshNames'
  | 'addHost'
  | 'editHost'
  | 'removeHost'
  | 'setLogin'
  | 'setFocus'
  | 'forgetSecret'
  | 'chooseKeyFile';

/** The calls about machines. */
export function machineHandlers({ host, state, machines, watch, runner }: Parts): Pick<Handlers, Names> {
  return {
    refreshMachines: () => watch.refresh(),
    openWay: ({ machine, command }) => machines.openWay(machine, command),
    closeWay: ({ machine }) => machines.closeWay(machine),
    sshNames: () => sshNames(host.env.CULPRIT_SSH_CONFIG),
    addHost: async (form) => ({ machine: await machines.addHost(form) }),
    editHost: ({ machine, host: form }) => machines.editHost(machine, form),
    removeHost: async ({ machine }) => {
      const live = runner.of(machine);
      if (live) await runner.stop(live.item.id);
      await machines.removeHost(machine);
    },
    setLogin: ({ machine, login }) => machines.setLogin(machine, login),
    setFocus: ({ machine, focus }) => machines.setFocus(machine, focus),
    forgetSecret: ({ machine, secret }) => machines.forgetSecret(machine, secret),
    chooseKeyFile: async () =>
      (await host.chooseFile({
        defaultPath: join(homedir(), '.ssh'),
        title: DIALOG_PHRASES[state.value.lang].chooseKey,
        showHidden: true,
      })) ?? null,
  };
}
