import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listeners, parseLsof, parseSs } from '../../electron/discover/listeners.ts';
import { surroundings } from '../../electron/discover/surroundings.ts';
import { type Surroundings, vmNotes } from '../../electron/discover/vm-notes.ts';
import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { VERSION_FAULTS } from '../../shared/vm-note.ts';
import { vmNoteText } from '../../shared/vm-note-text.ts';
import { fixture, VERSIONS } from './fixtures.ts';

const forward = (more: Partial<Forward>): Forward => ({
  ...{ name: 'ssh', proto: 'tcp', hostIp: '127.0.0.1', hostPort: 2222, guestIp: '', guestPort: 22 },
  ...more,
});
const vm = (name: string, nics: Partial<Nic>[], more: Partial<Machine> = {}): Machine => ({
  kind: 'virtualbox',
  uuid: name,
  name,
  state: 'running',
  nics: nics.map((nic, at) => ({ slot: at + 1, kind: 'nat', cable: true, forwards: [], ...nic })),
  ...more,
});
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  ...{ machines: [], listeners: new Map(), addresses: new Set(['127.0.0.1', '192.168.1.5']) },
  ...{ version: '7.2.22r175245', platform: 'darwin', arch: 'arm64' },
  ...more,
});
const codes = (machine: Machine, more: Partial<Surroundings> = {}) =>
  vmNotes(machine, around(more)).map(({ code, facts }) => [code, facts]);
const held = (...by: string[]) => ({ listeners: new Map([[2222, by]]) });

/** The commands that mend what is wrong. */
const mending = (machine: Machine, more: Partial<Surroundings> = {}) =>
  vmNotes(machine, around(more)).map(({ calls = [] }) => calls.map((call) => call.join(' ')));

describe('what mends it', () => {
  it('is another port for a forward whose port is taken or shared: one that nobody has', () => {
    const wanted = ['controlvm a natpf1 delete ssh', 'controlvm a natpf1 ssh,tcp,127.0.0.1,2225,,22'];
    const machine = vm('a', [{ forwards: [forward({}), forward({ name: 'x', hostPort: 2223 })] }]);
    const listeners = new Map([
      [2222, ['sshd']],
      [2224, ['node']],
    ]);
    expect(mending(machine, { listeners })).toEqual([wanted]);
    const other = vm('b', [{ forwards: [forward({})] }]);
    const third = { ...vm('c', [{ forwards: [forward({ hostPort: 2224 })] }]), state: 'poweroff' };
    expect(mending(machine, { machines: [machine, other, third] })).toEqual([wanted]);
  });

  it('is the loopback address for a forward that is bound to none of this computer', () => {
    const machine = (state: string, hostIp: string) => ({
      ...vm('a', [{ forwards: [forward({ hostIp })] }]),
      state,
    });
    for (const hostIp of ['10.1.1.1', 'localhost'])
      expect(mending(machine('running', hostIp))).toEqual([
        ['controlvm a natpf1 delete ssh', 'controlvm a natpf1 ssh,tcp,127.0.0.1,2222,,22'],
      ]);
    expect(mending(machine('poweroff', '10.1.1.1'))).toEqual([
      ['modifyvm a --natpf1 delete ssh', 'modifyvm a --natpf1 ssh,tcp,127.0.0.1,2222,,22'],
    ]);
    expect(mending(machine('saved', '10.1.1.1'))).toEqual([[]]);
  });

  it('is plugging in, and letting through to this computer', () => {
    const out = vm('a', [{}, { cable: false }]);
    expect(mending(out)).toEqual([['controlvm a setlinkstate2 on']]);
    expect(mending({ ...out, state: 'aborted' })).toEqual([['modifyvm a --cableconnected2 on']]);
    expect(mending(vm('a', [{ hostReachable: false }]))).toEqual([
      ['modifyvm a --nat-localhostreachable1 on'],
    ]);
  });

  it.each(['a,b', 'x\ny', 'esc\u001b[2J', '$(reboot)', '"', ''])(
    'is no command where the forward has a name that nobody should paste (%j)',
    (name) => {
      const machine = vm('a', [{ forwards: [forward({ name, hostIp: '10.1.1.1' })] }]);
      expect(mending(machine)).toEqual([[]]);
    },
  );

  it('is no command where the guest’s address is none', () => {
    const machine = vm('a', [{ forwards: [forward({ guestIp: '::1', hostIp: '10.1.1.1' })] }]);
    expect(mending(machine)).toEqual([[]]);
  });
});

describe('what VirtualBox has wrong with a machine', () => {
  it('is nothing where nothing is', () => {
    const forwards = [forward({}), forward({ name: 'all', hostIp: '', hostPort: 8080 })];
    const machine = vm('a', [{ forwards, hostReachable: true }], { architecture: 'ARM' });
    expect(codes(machine, held('VBoxHeadless'))).toEqual([]);
  });

  it('is a port that another program holds, which is named; not one that VirtualBox shares', () => {
    const machine = vm('a', [{ forwards: [forward({})] }]);
    expect(codes(machine, held('com.docker.backend'))).toEqual([
      ['port-taken', { port: 2222, by: ['com.docker.backend'] }],
    ]);
    expect(codes(machine, held('sshd', 'VirtualBoxVM'))).toEqual([]);
    expect(codes({ ...machine, state: 'poweroff' }, held('sshd'))).toEqual([]);
    expect(codes(vm('a', [{ forwards: [forward({ proto: 'udp' })] }]), held('sshd'))).toEqual([]);
  });

  it('is a port that two running machines want', () => {
    const one = vm('one', [{ forwards: [forward({ hostIp: '' })] }]);
    const two = vm('two', [{ forwards: [forward({ name: 'x', guestPort: 80 })] }]);
    const off = { ...vm('off', [{ forwards: [forward({})] }]), state: 'poweroff' };
    expect(codes(one, { machines: [off, one, two] })).toEqual([
      ['port-shared', { port: 2222, other: 'two' }],
    ]);
    expect(codes(two, { machines: [off, two] })).toEqual([]);
    const elsewhere = vm('else', [{ forwards: [forward({ hostIp: '192.168.1.5' })] }]);
    expect(codes(two, { machines: [two, elsewhere] })).toEqual([]);
  });

  it('is a forward on an address that is not here, or on none', () => {
    const forwards = ['10.1.1.1', '192.168.1.5', 'localhost', '0.0.0.0'].map((hostIp, at) =>
      forward({ name: hostIp, hostIp, hostPort: 2300 + at }),
    );
    expect(codes(vm('a', [{ forwards }]))).toEqual([
      ['address-missing', { rule: '10.1.1.1', address: '10.1.1.1' }],
      ['address-unreadable', { rule: 'localhost', address: 'localhost' }],
    ]);
  });

  it('is a cable that is out, a gateway that hides this computer, another processor', () => {
    const machine = vm('a', [{ cable: false }, { hostReachable: false }], { architecture: 'x86' });
    expect(codes(machine)).toEqual([
      ['cable-out', { slot: 1 }],
      ['host-hidden', { slot: 2 }],
    ]);
    expect(codes({ ...machine, state: 'poweroff' })).toEqual([
      ['other-processor', { vm: 'x86', here: 'ARM' }],
      ['cable-out', { slot: 1 }],
    ]);
  });

  it('is a fault of the version, where the machine has what it is about', () => {
    const two = [forward({}), forward({ name: 'web', hostPort: 8080 })];
    const said = (version: string, nics: Partial<Nic>[], more = {}) =>
      codes(vm('a', nics, { state: 'poweroff' }), { version, ...more }).map(([code, facts]) => [
        code,
        (facts as { fault?: string }).fault,
      ]);
    expect(said('7.2.2r170484', [{ forwards: two }])).toEqual([['version-fault', 'forwards-break-nat']]);
    expect(said('7.2.2', [{ forwards: two.slice(1) }])).toEqual([]);
    expect(said('7.2.4', [{ forwards: two }])).toEqual([]);
    expect(said('7.2.0', [{ kind: 'natnetwork' }])).toEqual([['version-fault', 'network-does-not-start']]);
    expect(said('7.2.0', [{ kind: 'natnetwork' }], { platform: 'linux' })).toEqual([]);
    expect(said('7.0.6', [{ kind: 'hostonly' }])).toEqual([['hostonly-adapter', undefined]]);
    expect(said('6.1.50', [{ kind: 'hostonly' }])).toEqual([]);
    for (const version of ['5.2.44r139111', '6.0.24_Ubuntur139119'])
      expect(said(version, [{}])).toEqual([['version-old', undefined]]);
    for (const version of VERSIONS) expect(said(version, [{}])).toEqual([]);
    expect(said('', [{ forwards: two }])).toEqual([]);
    // What runs has started.
    const running = [{ kind: 'hostonly' }, { kind: 'natnetwork' }];
    expect(codes(vm('a', running), { version: '7.2.0' })).toEqual([]);
  });

  it('is said with where it is known from', () => {
    for (const fault of Object.keys(VERSION_FAULTS) as (keyof typeof VERSION_FAULTS)[]) {
      const { what, next, source } = vmNoteText({
        code: 'version-fault',
        facts: { version: '7.2.0', fault },
      });
      for (const text of [what, next]) expect(text.en).not.toBe(text['zh-CN']);
      expect(source).toMatch(/^https:\/\/github\.com\/VirtualBox\/virtualbox\/issues\/\d+$/);
    }
  });
});

describe('who listens', () => {
  it('is told by lsof as it prints names with spaces', () => {
    // Debian's lsof 4.95 prints a space as it is, that of macOS as `\x20`.
    const text =
      'p612\ncControlCe\nf9\nn*:5000\nf10\nn*:5000\np9375\ncMy Prog x\nn127.0.0.1:39393\np29024\ncGoogle\\x20Chrome\\x20Helper\nf25\nn127.0.0.1:2513\nn[::1]:2513\n';
    expect([...parseLsof(text)]).toEqual([
      [5000, ['ControlCe']],
      [39393, ['My Prog x']],
      [2513, ['Google Chrome Helper']],
    ]);
    expect(parseLsof('').size).toBe(0);
  });

  it('is told by ss, also of ports whose program nobody may see', () => {
    const text = `LISTEN 0      511        127.0.0.1:3513      0.0.0.0:*    users:(("node",pid=29024,fd=26))
LISTEN 0      128          0.0.0.0:2024      0.0.0.0:*
LISTEN 0      511             [::]:80           [::]:*    users:(("nginx",pid=7,fd=6),("nginx",pid=6,fd=6))`;
    expect([...parseSs(text)]).toEqual([
      [3513, ['node']],
      [80, ['nginx']],
    ]);
  });

  it.runIf(process.platform === 'linux')('is really this process on its own port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    expect((await listeners()).get(port)?.join()).toMatch(/node|vitest|tinypool|MainThread/i);
  });
});

describe('what is around', () => {
  it('has the version’s last line, for a wrapper may print warnings before it', async () => {
    const run = async () =>
      `WARNING: The character device /dev/vboxdrv does not exist.\n${fixture('version.txt')}`;
    const { version, addresses } = await surroundings([], run);
    expect(version).toBe('7.2.22_Debianr175245');
    expect(addresses.has('127.0.0.1')).toBe(true);
  });
});
