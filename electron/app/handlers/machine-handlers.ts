import { homedir } from 'node:os';
import { join } from 'node:path';
import { listPins, removePin } from '../../connect/host-keys.ts';
import { sshNames } from '../../connect/ssh-names.ts';
import { chosenVBoxManage } from '../../discover/choose-vboxmanage.ts';
import type { Host } from '../host.ts';
import type { Machines } from '../machines/machines.ts';
import type { VirtualBoxWatch } from '../machines/virtualbox-watch.ts';
import { DIALOG_PHRASES } from '../phrases.ts';
import type { Runner } from '../runs/runner.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handlers.ts';

const MOST_SHOWN = 200;

interface Parts {
  host: Pick<Host, 'chooseFile' | 'env' | 'platform'>;
  state: State;
  machines: Machines;
  watch: VirtualBoxWatch;
  runner: Runner;
  /** Of the application. */
  folder: string;
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
  | 'chooseKeyFile'
  | 'chooseVBoxManage'
  | 'forgetVBoxManage'
  | 'hostKeys'
  | 'forgetHostKey';

/** The calls about machines. */
export function machineHandlers(parts: Parts): Pick<Handlers, Names> {
  const { host, state, machines, watch, runner, folder } = parts;
  const pinFile = join(folder, 'host-keys.json');
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
    chooseVBoxManage: async () => {
      const file = await host.chooseFile({
        defaultPath: host.platform === 'darwin' ? '/Applications' : '/usr',
        title: DIALOG_PHRASES[state.value.lang].chooseVBoxManage,
        showHidden: false,
      });
      if (file === undefined) return null;
      const path = await chosenVBoxManage(file, host.env);
      await machines.setVBoxManage(path);
      return { path };
    },
    forgetVBoxManage: () => machines.setVBoxManage(undefined),
    hostKeys: async () =>
      Object.entries(await listPins(pinFile)).map(([id, { type, sha256 }]) => ({
        id,
        keyType: type.slice(0, MOST_SHOWN),
        fingerprint: sha256.slice(0, MOST_SHOWN),
      })),
    forgetHostKey: ({ id }) => removePin(pinFile, id),
  };
}
