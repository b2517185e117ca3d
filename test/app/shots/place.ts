import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Book } from '../../../electron/app/store/book.ts';
import { sampleEvents } from '../../renderer/run/sample.ts';
import type { OpenOptions } from '../harness.ts';
import { sceneEvents, storeRun } from './stored-runs.ts';
import { vmId, writeVBoxManage } from './vboxmanage.ts';

export const BUILD_BOX = 'ssh:b01dbeef01';

/** Hosts that were typed in. */
async function writeBook(dataFolder: string): Promise<void> {
  const login = { user: 'dev' };
  const book: Book = {
    version: 1,
    hosts: [{ id: BUILD_BOX, form: { name: 'build-box', host: 'build-box.local', port: 22, login } }],
    machines: {},
    exported: {},
  };
  await mkdir(dataFolder, { recursive: true });
  await writeFile(join(dataFolder, 'machines.json'), JSON.stringify(book));
}

/** Host keys that were accepted: of a VM, of a host, of a VM that is gone. */
async function writeHostKeys(dataFolder: string): Promise<void> {
  const pin = (letter: string) => ({ type: 'ssh-ed25519', sha256: `SHA256:${letter.repeat(43)}` });
  const hosts = {
    [vmId(0).slice(3)]: pin('w'),
    'build-box.local:22': pin('R'),
    '192.168.56.101:22': pin('k'),
  };
  await writeFile(join(dataFolder, 'host-keys.json'), JSON.stringify({ version: 1, hosts }));
}

/** A place where somebody has worked: VMs of each kind, an SSH host, and no runs yet. */
export async function withMachines(dataFolder: string): Promise<OpenOptions> {
  await writeBook(dataFolder);
  await writeHostKeys(dataFolder);
  return { env: { CULPRIT_VBOXMANAGE: await writeVBoxManage(join(dataFolder, 'vbox')) } };
}

/** Two VMs that want the same port, of which one has an unplugged adapter and a forward on an address that is not here. */
export async function withOddMachines(dataFolder: string): Promise<OpenOptions> {
  const vms = [
    { name: 'docker-vm', state: 'running', ssh: 2222, odd: true },
    { name: 'docker-vm (old)', state: 'running', ssh: 2222 },
  ] as const;
  return { env: { CULPRIT_VBOXMANAGE: await writeVBoxManage(join(dataFolder, 'vbox'), vms) } };
}

/** The same with runs of the past: a problem, a healthy one, one that can't tell, one that was stopped. */
export async function withRuns(dataFolder: string): Promise<OpenOptions> {
  const options = await withMachines(dataFolder);
  const problem = await sampleEvents();
  const put = (
    machine: string,
    name: string,
    minutes: number,
    events: Parameters<typeof storeRun>[1]['events'],
  ) => storeRun(dataFolder, { machine, name, minutes, events });
  await put(vmId(0), 'docker-vm', 4, problem);
  await put(vmId(1), 'ubuntu-24.04-ci', 130, sceneEvents('healthy-baseline'));
  await put(BUILD_BOX, 'build-box', 60 * 26, sceneEvents('fw-docker0-not-in-zone', { root: false }));
  await put(vmId(2), 'debian-13-staging', 60 * 50, sceneEvents('host-offline'));
  await put(vmId(2), 'debian-13-staging', 60 * 75, sceneEvents('sysctl-ip-forward-0'));
  const stopped = problem.slice(
    0,
    problem.findIndex(({ type }) => type === 'tracer'),
  );
  await put(vmId(0), 'docker-vm', 60 * 24 * 9, [...stopped, { t: 9000, type: 'ended', how: 'cancelled' }]);
  return options;
}
