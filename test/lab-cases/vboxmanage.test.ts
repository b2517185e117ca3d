import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listMachines } from '../../electron/discover/list-machines.ts';
import { parseLongList } from '../../electron/discover/long-list.ts';
import { parseNatDns } from '../../electron/discover/nat-dns.ts';
import { parseMachine, parseVmList } from '../../electron/discover/parse-machine.ts';
import { withReach } from '../../electron/discover/reach.ts';
import { carryOut, forwardRemovals, remedyFor } from '../../electron/discover/remedy.ts';
import type { VBoxManage } from '../../electron/discover/vboxmanage.ts';
import { sshWays } from '../../electron/discover/ways.ts';
import type { Forward, Machine } from '../../shared/machine.ts';
import { type ScratchVirtualBox, scratchVirtualBox } from '../lab/vbox/scratch.ts';
import { describeLab } from './suite.ts';

// A real VBoxManage 7.2, and no machine that runs.

/** Names that would break out of a quotation, a line, an option or a list. */
const NAMES = [
  ...['q"uote "dq"', 'back\\slash', 'trail\\', '"', '\\"', 'e=q="v"', "it's", '$(id)', '`id`', '%s%n', ';&|'],
  ...[
    '-dash',
    '--machinereadable',
    ' lead',
    'trails ',
    'two\nlines',
    'tab\tbed',
    'a,b,tcp,,1,,2',
    '{br}<ace>',
  ],
  ...['emoji 🚀 vm', '中文 虚拟机', 'cafe\u0301', 'rtl\u202eabc', 'line\u2028sep', '<inaccessible>'],
  ...['x" {11111111-2222-3333-4444-555555555555}\ny', 'z"\nVMState="running"\nname="other', 'n'.repeat(230)],
  'fake\nGroups:                      /\nUUID:                        11111111-2222-3333-4444-555555555555',
];
/** Others that nobody thought of; the same ones every time. */
const STRANGE = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
  numRuns: 4,
  seed: 7,
});

describeLab('the real VBoxManage', () => {
  let box: ScratchVirtualBox;
  beforeAll(async () => {
    box = await scratchVirtualBox('contract');
  });
  afterAll(() => box?.end());

  /** The machine as `showvminfo` has it. */
  async function show(uuid: string): Promise<Machine> {
    const machine = parseMachine(await box.run(['showvminfo', uuid, '--machinereadable']), uuid);
    if (!machine) throw new Error(`showvminfo of ${uuid} cannot be read`);
    return machine;
  }
  const modify = (uuid: string, ...settings: string[]) => box.run(['modifyvm', uuid, ...settings]);

  it('gives every name back as it was given', async () => {
    const given = new Map<string, string>();
    const todo = [...NAMES, ...STRANGE].values();
    const worker = async () => {
      for (const name of todo) {
        // Not every name is one: VirtualBox makes a file of it.
        const uuid = await box.create(name).catch(() => undefined);
        if (uuid !== undefined) given.set(uuid, name);
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    expect([...given.values()]).toEqual(expect.arrayContaining(NAMES));
    const listed = await listMachines(undefined, box.run);
    expect(new Map(listed.map(({ uuid, name }) => [uuid, name]))).toEqual(given);
    expect(listed.filter(({ trouble }) => trouble)).toEqual([]);
  });

  it('has adapters of every kind, and forwards with any name', async () => {
    const uuid = await box.create('nets', '--groups', '/a/b,/c d');
    await modify(uuid, '--nic1', 'nat', '--natpf1', 'na me "q" é,tcp,127.0.0.1,2201,,22');
    await modify(uuid, '--natpf1', 'dns,udp,,5353,10.0.2.15,53', '--natpf1', 'back\\sl,tcp,::1,2202,,22');
    await modify(uuid, '--natpf1', 'six,tcp,,8090,fd17:625c:f037:2::15,80', '--cableconnected1', 'off');
    await modify(uuid, '--nic2', 'natnetwork', '--nat-network2', 'my \'net\' "q"');
    await modify(uuid, '--nic3', 'bridged', '--bridgeadapter3', 'en0: Wi-Fi (AirPort)');
    await modify(uuid, '--nic4', 'hostonly', '--hostonlyadapter4', 'vboxnet0');
    await modify(uuid, '--nic5', 'intnet', '--intnet5', "x', Cable connected: off, Trace: y");
    await modify(uuid, '--nic6', 'generic', '--nicgenericdrv6', 'UDPTunnel');
    await modify(
      uuid,
      '--nic7',
      'null',
      '--nic8',
      'nat',
      '--natnet8',
      '10.9/16',
      '--natpf8',
      'a,tcp,,2203,,22',
    );
    const { nics } = await show(uuid);
    expect(nics.map(({ slot, kind, cable, network }) => [slot, kind, cable, network])).toEqual([
      [1, 'nat', false, undefined],
      [2, 'natnetwork', true, 'my \'net\' "q"'],
      [3, 'bridged', true, 'en0: Wi-Fi (AirPort)'],
      [4, 'hostonly', true, 'vboxnet0'],
      [5, 'intnet', true, "x', Cable connected: off, Trace: y"],
      [6, 'generic', true, 'UDPTunnel'],
      [7, 'null', true, undefined],
      [8, 'nat', true, undefined],
    ]);
    const forward = (name: string, more: Partial<Forward>): Forward => {
      return { name, proto: 'tcp', hostIp: '', hostPort: 0, guestIp: '', guestPort: 22, ...more };
    };
    expect(nics[0]?.forwards).toEqual([
      forward('back\\sl', { hostIp: '::1', hostPort: 2202 }),
      forward('dns', { proto: 'udp', hostPort: 5353, guestIp: '10.0.2.15', guestPort: 53 }),
      forward('na me "q" é', { hostIp: '127.0.0.1', hostPort: 2201 }),
      forward('six', { hostPort: 8090, guestIp: 'fd17:625c:f037:2::15', guestPort: 80 }),
    ]);
    expect(nics[7]?.forwards).toEqual([forward('a', { hostPort: 2203 })]);
  });

  it('says whether the gateway leads to this computer, and which processor a machine is made for', async () => {
    const uuid = await box.create('arm', '--platform-architecture', 'arm', '--ostype', 'Debian12_arm64');
    await modify(uuid, '--nic1', 'nat', '--nat-localhostreachable1', 'on');
    await modify(uuid, '--nic2', 'nat', '--nat-localhostreachable2', 'off');
    const { architecture, nics } = await show(uuid);
    expect(architecture).toBe('ARM');
    expect(nics.map(({ hostReachable }) => hostReachable)).toEqual([true, false]);
  });

  it('keeps the DNS modes of NAT in the settings file that it names', async () => {
    const uuid = await box.create('dns "modes" \\');
    await modify(uuid, '--nic1', 'nat', '--natdnshostresolver1', 'on', '--nic2', 'bridged');
    await box.run(['snapshot', uuid, 'take', 'before']);
    await modify(uuid, '--natdnshostresolver1', 'off', '--natdnsproxy1', 'on', '--nic3', 'nat');
    await modify(uuid, '--description', '<NAT><DNS use-host-resolver="true"/></NAT>', '--nic4', 'nat');
    await modify(uuid, '--natdnshostresolver4', 'on', '--nic5', 'nat', '--natdnsproxy5', 'on');
    await modify(uuid, '--nic5', 'none');
    let text = '';
    await box.edit(uuid, (now) => {
      text = now;
      return now;
    });
    expect(parseNatDns(text)).toEqual([
      { slot: 1, proxy: true, hostResolver: false },
      { slot: 3, proxy: false, hostResolver: false },
      { slot: 4, proxy: false, hostResolver: true },
    ]);
  });

  it('knows no host-only networks on Linux', async () => {
    const uuid = await box.create('hostnet');
    await expect(box.run(['hostonlynet', 'add', '--name=x'])).rejects.toThrow(
      /Invalid command 'hostonlynet'/,
    );
    await expect(modify(uuid, '--nic1', 'hostonlynet')).rejects.toThrow(/Invalid type 'hostonlynet'/);
  });

  it('says where guests are: by their own word, by lease, and through a NAT network’s forwards', async () => {
    const network = 'my \'net\' "q"';
    await box.run(['natnetwork', 'add', `--netname=${network}`, '--network', '10.55.0.0/24', '--dhcp', 'on']);
    const server = [
      '--server-ip=10.55.0.3',
      '--netmask=255.255.255.0',
      '--lower-ip=10.55.0.4',
      '--upper-ip=10.55.0.9',
    ];
    await box.run(['dhcpserver', 'add', `--network=${network}`, ...server, '--enable']);
    const others = ['noip:tcp:[]:2300:[10.55.0.9]:22', 'db b:udp:[127.0.0.1]:2301:[10.55.0.4]:53'];
    for (const rule of others)
      await box.run(['natnetwork', 'modify', `--netname=${network}`, '--port-forward-4', rule]);
    const uuid = await box.create('guest');
    await modify(uuid, '--nic1', 'natnetwork', '--nat-network1', network, '--nic2', 'bridged');
    await modify(
      uuid,
      '--bridgeadapter2',
      'en0',
      '--macaddress1',
      '080027aaaaaa',
      '--macaddress2',
      '080027bbbbbb',
    );
    const info = '/VirtualBox/GuestInfo/Net';
    const properties = {
      '0/V4/IP': '172.17.0.1',
      '0/MAC': '024200000000',
      '1/V4/IP': '127.0.0.1',
      '1/MAC': '080027BBBBBB',
    };
    for (const [key, value] of Object.entries(properties))
      await box.run(['guestproperty', 'set', uuid, `${info}/${key}`, value]);
    const issued = Math.floor(Date.now() / 1000);
    const lease = `<Lease mac="08:00:27:aa:aa:aa" network="10.55.0.0" state="acked"><Address value="10.55.0.4"/><Time issued="${issued}" expiration="600"/></Lease>`;
    box.put(`${network}-Dhcpd.leases`, `<?xml version="1.0"?>\n<Leases version="1.0">${lease}</Leases>\n`);

    const running = async () => {
      const [found] = await withReach([{ ...(await show(uuid)), state: 'running' }], { run: box.run });
      if (!found) throw new Error('it is gone');
      return found;
    };
    const before = await running();
    expect(before.nics.map(({ address, forwards }) => [address, forwards.map(({ name }) => name)])).toEqual([
      ['10.55.0.4', ['db b']],
      // What a guest says of this computer’s own address is no way in.
      [undefined, []],
    ]);
    expect(sshWays(before)).toEqual([]);

    const remedy = remedyFor(before, 2302);
    expect(remedy?.kind).toBe('add-forward');
    await carryOut(box.run, remedy?.call ?? [], 'guest');
    const after = await running();
    expect(sshWays(after)).toEqual([
      { host: '127.0.0.1', port: 2302, guestPort: 22, proto: 'tcp', through: 'network-forward' },
    ]);
    expect(forwardRemovals(after)).toEqual([remedy?.undo]);
    for (const call of forwardRemovals(after)) await carryOut(box.run, call, 'guest');
    expect(await running()).toEqual(before);
  });

  it('tells machines by their state, also with snapshots', async () => {
    const states = { saved: 'stateFile="Snapshots/x.sav"', aborted: 'aborted="true"' };
    const made = new Map<string, string>();
    for (const [state, attribute] of Object.entries(states)) {
      const uuid = await box.create(state);
      await box.run([
        'snapshot',
        uuid,
        'take',
        'before "it"',
        '--description',
        'd1\nState: running\nNIC 1: x',
      ]);
      await box.edit(uuid, (text) => text.replace(' lastStateChange=', ` ${attribute} lastStateChange=`));
      made.set(uuid, state);
    }
    for (const [uuid, state] of made) expect(await show(uuid)).toMatchObject({ name: state, state });
  });

  it('is the same in one call for all as in a call for each, and one that is broken hides none', async () => {
    const forger = await box.create('forger');
    const victim = await box.create('victim');
    const broken = await box.create('broken');
    const block = await box.run(['showvminfo', victim]);
    await modify(forger, '--description', block.replace('powered off', 'aborted'));
    await box.edit(broken, () => '<VirtualBox');
    const printed = new Map<string, string>();
    const all = new Map<string, Machine>();
    const run: VBoxManage = async (args, signal) => {
      const text = await box.run(args, signal);
      printed.set(args.join(' '), text);
      return text;
    };
    for (const machine of await listMachines(undefined, run)) all.set(machine.uuid, machine);
    const uuids = parseVmList(printed.get('list vms') ?? '');
    const listed = parseLongList(printed.get('list -l vms') ?? '');
    const todo = listed.values();
    const worker = async () => {
      for (const machine of todo) expect(machine).toEqual(await show(machine.uuid));
    };
    await Promise.all([worker(), worker(), worker()]);
    expect([forger, victim, broken].filter((uuid) => listed.has(uuid))).toEqual([]);
    expect(listed.size).toBeGreaterThan(uuids.length / 2);

    expect([...all.keys()].sort()).toEqual([...all.keys()].filter((uuid) => uuids.includes(uuid)).sort());
    expect(all.get(victim)).toMatchObject({ name: 'victim', state: 'poweroff' });
    expect(all.get(broken)).toMatchObject({ trouble: { code: 'vm-inaccessible' } });
    expect([...all.values()].filter(({ trouble }) => trouble)).toHaveLength(1);
  });
});
