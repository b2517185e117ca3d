import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findVBoxManage, type VBoxManage, VBoxManageError } from '../../../electron/discover/vboxmanage.ts';
import { ensureVboxChroot } from '../build/vbox-chroot.ts';
import { withLock } from '../lock.ts';
import { endVboxServices } from './registry.ts';
import { writeVBoxManage } from './wrapper.ts';

/** A real VBoxManage that knows no machine yet, and whose machines can't run. */
export interface ScratchVirtualBox {
  /** As Culprit calls it. */
  readonly run: VBoxManage;
  /** Registers a machine; gives its UUID. */
  create(name: string, ...settings: string[]): Promise<string>;
  /** Changes the text of a machine's settings file, where VirtualBox keeps what only running it would bring about. */
  edit(uuid: string, change: (text: string) => string): Promise<void>;
  /** Writes a file beside its registry, as VirtualBox's own services do. */
  put(name: string, text: string): void;
  /** Ends its services: the next call reads all files anew. */
  restart(): Promise<void>;
  /** Nothing of it is left. */
  end(): Promise<void>;
}

/** Makes one. `name` keeps it apart from others; builds the chroot the first time (a minute or two). */
export async function scratchVirtualBox(name: string): Promise<ScratchVirtualBox> {
  const chroot = await withLock('vbox', () =>
    ensureVboxChroot((line) => process.stderr.write(`lab: ${line}\n`)),
  );
  const id = `scratch-${name}-${process.pid}`;
  const home = `/labs/${id}`;
  const folder = join(chroot, home);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'VBoxManage');
  writeVBoxManage(path, { LAB_CHROOT: chroot, LAB_VBOX_HOME: home, LAB_IPC: id });
  const run = again(await findVBoxManage({ CULPRIT_VBOXMANAGE: path }));
  const restart = () => endVboxServices(id);
  return {
    run,
    restart,
    put: (file, text) => writeFileSync(join(folder, file), text),
    async create(vm, ...settings) {
      const made = await run([
        ...['createvm', `--name=${vm}`, '--platform-architecture', 'x86', '--ostype', 'Debian_64'],
        ...['--register', '--basefolder', home, ...settings],
      ]);
      // The name comes before, and may hold anything.
      return /\nUUID: (\S+)\nSettings file: (?!.*\nUUID: )/s.exec(made)?.[1] ?? '';
    },
    async edit(uuid, change) {
      const info = await run(['showvminfo', uuid, '--machinereadable']);
      const file = join(chroot, /^CfgFile="(.*)"$/m.exec(info)?.[1]?.replace(/\\(["\\])/g, '$1') ?? '');
      await restart();
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    },
    async end() {
      await restart();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** VBoxSVC ends and starts by itself, and a busy machine makes a call fall into the gap: such a one did nothing. */
function again(run: VBoxManage): VBoxManage {
  return async (args, signal) => {
    for (let left = 5; ; left -= 1) {
      try {
        return await run(args, signal);
      } catch (error) {
        const gone = error instanceof VBoxManageError && /Failed to create the VirtualBox/.test(error.stderr);
        if (!gone || left === 0) throw error;
      }
    }
  };
}
