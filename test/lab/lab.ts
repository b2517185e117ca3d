import { labAvailable } from './available.ts';
import { control } from './control.ts';
import { type Base, type Fault, findFault, HOST_SIDES, runFault } from './faults.ts';
import { withLock } from './lock.ts';
import { bootMachine, loadBase, portsUp, removeMachine, resetMachine, suiteOf, touch } from './machine.ts';
import { keyPath, knownPorts } from './paths.ts';
import { LabError, type RunResult } from './run.ts';
import { type SshOptions, ssh } from './ssh.ts';
import { findSuite } from './suites.ts';
import { uuidOf, vboxManage, vboxManagePath } from './vbox/vbox.ts';
import { standardForwards } from './vm.ts';

export { labAvailable } from './available.ts';
export type { Fault } from './faults.ts';
export type { RunResult } from './run.ts';
export type { SshOptions } from './ssh.ts';

/** Words for the host's ("the Mac's") side of the machine. */
export const MAC_WORDS = [
  ...HOST_SIDES.flatMap((side) => [`${side}-off`, `${side}-on`] as const),
  ...(['ssh-reset', 'ssh-silent', 'ssh-loud'] as const),
];
export type MacWord = (typeof MAC_WORDS)[number];

/** An address of the guest's network that nobody has. */
const NOBODY = '10.0.2.99';

/** A machine that is up. */
export class Lab {
  readonly user = 'dev';
  readonly password = 'dev';
  readonly keyPath = keyPath();

  constructor(
    readonly suite: string,
    /** Port on 127.0.0.1 that leads to the guest's ssh. */
    readonly port: number,
  ) {}

  /** Executable to use as VBoxManage: the real one, which sees this machine as running. */
  get vboxManage(): string {
    return vboxManagePath(this.port);
  }

  /** VirtualBox's UUID of this machine. */
  get uuid(): string {
    return uuidOf(this.port);
  }

  /** Runs a command in the guest, as root unless told otherwise. */
  ssh(command: string, options?: SshOptions): Promise<RunResult> {
    return ssh(this.port, command, options);
  }

  /** Back to the snapshot taken after boot; leaves nothing of what happened since. */
  reset(): Promise<void> {
    return resetMachine(this.port);
  }

  /** Another kind of machine, from a snapshot that is made on first use; only after `reset`, before a fault. */
  base(base: Base): Promise<void> {
    return loadBase(findSuite(this.suite), this.port, base);
  }

  /** Injects a fault and checks that it took. */
  async fault(name: string): Promise<Fault> {
    const fault = findFault(name);
    if (!fault.suites.includes(this.suite)) throw new LabError(`${name} is not made for ${this.suite}.`);
    if (fault.base) await this.base(fault.base);
    touch(this.port);
    if (fault.adapter) await control(this.port, 'adapter', fault.adapter);
    if (fault.host) await this.mac(`${fault.host}-off`);
    else await runFault(this.port, name, 'inject');
    return fault;
  }

  /** Takes a fault back; `reset` is faster and surer. */
  async restore(name: string): Promise<void> {
    const { host } = findFault(name);
    if (host) await this.mac(`${host}-on`);
    else await runFault(this.port, name, 'restore');
  }

  /** Breaks or mends the host's side: its DNS, its network, the cable, the ssh connections. */
  async mac(word: MacWord): Promise<void> {
    const link = word.match(/^link-(on|off)$/)?.[1];
    if (link) await vboxManage(this.port, 'controlvm', this.uuid, 'setlinkstate1', link);
    else if (word.startsWith('forward-')) await this.leadWeb(word);
    else await control(this.port, word);
  }

  /** Takes the forward to the published port away, or sets it anew; of all that VirtualBox's settings know nothing. */
  private async leadWeb(word: MacWord): Promise<void> {
    const web = standardForwards(this.port).find(({ name }) => name === 'web');
    if (!web) throw new LabError('there is no forward to the published port');
    const { name, hostIp, hostPort, guestPort } = web;
    await control(this.port, 'unforward', name);
    if (word === 'forward-off') return;
    const guestIp = word === 'forward-guest-off' ? NOBODY : web.guestIp;
    await control(this.port, 'forward', name, 'tcp', hostIp, `${hostPort}`, guestIp, `${guestPort}`);
  }

  /** Freezes the guest. */
  async pause(): Promise<void> {
    await control(this.port, 'pause');
  }

  /** Lets a frozen guest go on. */
  async resume(): Promise<void> {
    await control(this.port, 'resume');
  }

  /** Port on 127.0.0.1 that leads to a port of the guest; opens one when there is none. */
  async forwardPort(guestPort: number): Promise<number> {
    const { forwards } = (await control(this.port, 'forwards')) as {
      forwards: { guestPort: number; hostPort: number }[];
    };
    const found = forwards.find((forward) => forward.guestPort === guestPort);
    if (found) return found.hostPort;
    const reply = await control(
      this.port,
      'forward',
      `auto-${guestPort}`,
      'tcp',
      '127.0.0.1',
      '0',
      '10.0.2.15',
      String(guestPort),
    );
    return Number(reply.hostPort);
  }

  /** Ends the machine and everything that belongs to it. */
  down(): Promise<void> {
    return labDown({ port: this.port });
  }
}

/** Options of `labUp`. */
export interface UpOptions {
  /**
   * Otherwise the suite's own, or beside `CULPRIT_LAB_PORT`, which is bookworm's: tests then have machines to themselves,
   * beside those in use.
   */
  readonly port?: number;
  readonly say?: (line: string) => void;
}

/** The machine of a suite; builds and boots it unless it is up. */
export async function labUp(suiteName: string, options: UpOptions = {}): Promise<Lab> {
  const { say = () => undefined } = options;
  const suite = findSuite(suiteName);
  const port = options.port ?? suite.port + portOffset();
  const available = labAvailable();
  if (!available.ok) throw new LabError(available.reason);
  await withLock(`port-${port}`, async () => {
    const there = suiteOf(port);
    if (there === suiteName) return say(`${suiteName} is up already on port ${port}`);
    if (there) throw new LabError(`Port ${port} belongs to a ${there} machine that is up.`);
    await withLock(`image-${suiteName}`, () => bootMachine(suite, port, say));
    return say(`${suiteName} is up on port ${port}`);
  });
  return new Lab(suiteName, port);
}

/** How far the ports of this process's machines are from the suites' own. */
function portOffset(): number {
  const wanted = Number(process.env.CULPRIT_LAB_PORT);
  return wanted ? wanted - findSuite('bookworm').port : 0;
}

/** The machine that is up; with several, `suite` or `port` must say which. */
export function labThatIsUp(wanted: { suite?: string; port?: number } = {}): Lab {
  const labs = portsUp().map((port) => new Lab(suiteOf(port) ?? '', port));
  const fits = labs.filter(
    (lab) => (wanted.suite ?? lab.suite) === lab.suite && (wanted.port ?? lab.port) === lab.port,
  );
  const [lab, other] = fits;
  if (!lab) throw new LabError('No such lab is up; start one with "up SUITE".');
  if (other) throw new LabError('Several labs are up; say which one with --suite or --port.');
  return lab;
}

/** Ends a machine, or removes what is left of one that died. */
export async function labDown(wanted: { suite?: string; port?: number } = {}): Promise<void> {
  const port = wanted.port ?? (wanted.suite ? labThatIsUp(wanted).port : undefined);
  const ports = port ? [port] : knownPorts();
  if (ports.length > 1)
    throw new LabError(`There are labs on ports ${ports.join(', ')}; say which one with --port.`);
  for (const one of ports) await withLock(`port-${one}`, () => removeMachine(one));
}
