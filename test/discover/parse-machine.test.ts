import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../electron/discover/machine-readable.ts';
import { parseMachine, parseVmList } from '../../electron/discover/parse-machine.ts';
import { fixture, info } from './fixtures.ts';

const PLAIN = '94932e1e-c1ed-498f-a3cb-16aa98a3afe4';
const SSH = { name: 'ssh', proto: 'tcp', hostIp: '127.0.0.1', hostPort: 2201, guestIp: '', guestPort: 22 };

describe('the list of machines', () => {
  it('gives every UUID, whatever the names hold', () => {
    const uuids = parseVmList(fixture('list-vms-odd-names.txt'));
    expect(uuids).toHaveLength(35);
    expect(uuids).toContain('65be08ad-b9dd-4447-98a5-f7843460a9bc');
    expect(uuids).not.toContain('11111111-2222-3333-4444-555555555555');
    expect(uuids).not.toContain('80f3588e-7464-44e6-9061-1de388441ea2');
  });

  it('is empty for no output', () => {
    expect(parseVmList('')).toEqual([]);
  });

  it('has machines that cannot be opened too, as 6.1 prints them on a Mac', () => {
    const uuids = parseVmList(fixture('list-vms.txt', '6.1'));
    expect(uuids.map((uuid) => uuid.slice(0, 8))).toEqual(['eabd0460', 'd71f98cd', 'fa92ff63']);
  });
});

describe('a machine', () => {
  it('has the name that its owner gave it: quotes, backslashes, line feeds, other scripts', () => {
    const files = ['50b5bf', '7ac22a', 'bbb306', 'cfe9f3', 'e393dd', 'e5c654', 'f3de08'];
    const names = files.map((file) => {
      const text = fixture(`showvminfo-name-${file}.txt`);
      return parseMachine(text, /^UUID="(.*)"$/m.exec(text)?.[1] ?? '')?.name;
    });
    expect(names.sort()).toEqual(
      ['new\nline', 'back\\slash', '中文 虚拟机', 'e=q="v"', 'trail\\', 'q"uote "dq"', 'emoji 🚀 vm'].sort(),
    );
  });

  it('does not take its state or name from a description', () => {
    const machine = parseMachine(info(PLAIN), PLAIN);
    expect(machine).toMatchObject({ name: 'plain', state: 'poweroff' });
  });

  it('reads a description to its end', () => {
    const entries = new Map(readEntries(info(PLAIN)));
    expect(entries.get('description')).toBe('line1\nVMState="running"\n"quoted" back\\slash\nname="evil"');
    expect(entries.get('SnapshotDescription')).toBe('d1\nd2 "q"');
    expect(entries.get('SATA \\"x\\"-0-0')).toBe('/home/user/d.vdi');
    expect(entries.get('SharedFolderPathMachineMapping2')).toBe('/home/user/we"ird\\p');
    expect(entries.get('memory')).toBe('1024');
  });

  it('has its network adapters, with the settings of each', () => {
    const machine = parseMachine(fixture('showvminfo-nics.txt'), 'cef84240-7afd-4c59-bbcc-f96bb736fb5a');
    expect(machine?.nics.map(({ slot, kind }) => `${slot} ${kind}`)).toEqual([
      '1 nat',
      '2 natnetwork',
      '3 bridged',
      '4 hostonly',
      '5 intnet',
      '7 generic',
      '8 null',
    ]);
    expect(machine?.nics[0]).toEqual({
      slot: 1,
      kind: 'nat',
      cable: true,
      mac: '0800277218FC',
      hostReachable: true,
      forwards: [
        { name: 'ssh', proto: 'tcp', hostIp: '127.0.0.1', hostPort: 2201, guestIp: '', guestPort: 22 },
      ],
    });
    expect(machine?.nics.map(({ network }) => network)).toEqual([
      undefined,
      'NatNetwork',
      'en0: Wi-Fi (AirPort)',
      'vboxnet0',
      'my "int" \\net',
      'UDPTunnel',
      undefined,
    ]);
  });

  it('has every forward, also the ones that VirtualBox should have refused', () => {
    const machine = parseMachine(fixture('showvminfo-pf.txt'), 'a25d72a2-0d74-4f51-be5f-9b2a8c945131');
    const forwards = machine?.nics[0]?.forwards ?? [];
    expect(forwards).toHaveLength(19);
    expect(forwards.map(({ name }) => name)).toContain('na me "q" é');
    expect(forwards.map(({ name }) => name)).toContain('back\\sl');
    expect(forwards.find(({ name }) => name === 'gv6')?.guestIp).toBe('fd17:625c:f037:2::15');
    expect(forwards.find(({ name }) => name === 'udp2222')?.proto).toBe('udp');
  });

  it('gives each adapter its own forwards, though their numbers begin anew', () => {
    const second = 'cableconnected2="off"\nnic2="nat"\nmtu="0"\nForwarding(0)="b,c,tcp,,2222,,22"\n';
    const text = info(PLAIN, [
      ['nic2="none"\n', second],
      ['enableTFTP="0"\n', 'enableTFTP="0"\nForwarding(0)="a,tcp,,8080,,80"\n'],
    ]);
    const nics = parseMachine(text, PLAIN)?.nics ?? [];
    expect(nics.map(({ cable, forwards }) => [cable, forwards.map(({ name }) => name)])).toEqual([
      [true, ['a']],
      [false, ['b,c']],
    ]);
  });

  it('is read from what 7.0 prints, with its line of another form', () => {
    const described = fixture('showvminfo-description.txt', '7.0');
    expect(parseMachine(described, '19e117b3-06f4-4a1e-851d-47336ad6a142')).toEqual({
      kind: 'virtualbox',
      uuid: '19e117b3-06f4-4a1e-851d-47336ad6a142',
      name: 'manjaro-gnome-x64-full-clean',
      state: 'poweroff',
      nics: [{ slot: 1, kind: 'nat', cable: true, mac: '08002744D7F6', forwards: [] }],
    });
    expect(new Map(readEntries(described)).get('description')).toBe('name1=value1\nname2=value2');
    const hostonly = fixture('showvminfo-hostonly.txt', '7.0');
    const machine = parseMachine(hostonly, '02fd76af-2bae-4c98-add1-4d802a2f77fa');
    expect(machine).toMatchObject({ name: 'xtec-1', state: 'poweroff' });
    expect(machine?.nics).toEqual([
      { slot: 1, kind: 'nat', cable: true, mac: '0800271A4565', forwards: [SSH] },
      {
        slot: 2,
        kind: 'hostonly',
        cable: true,
        network: 'VirtualBox Host-Only Ethernet Adapter',
        mac: '080027AE1F98',
        forwards: [],
      },
    ]);
  });

  it('has the host-only networks of a Mac', () => {
    const adapters = fixture('showvminfo-hostonlynetwork-part.txt', '7.0');
    const whole = fixture('showvminfo-hostonly.txt', '7.0').replace(
      /^natnet1=.*^nic8="none"\n/ms,
      () => adapters,
    );
    expect(parseMachine(whole, '02fd76af-2bae-4c98-add1-4d802a2f77fa')?.nics).toEqual([
      { slot: 1, kind: 'nat', cable: true, mac: '080027BB1475', forwards: [{ ...SSH, hostPort: 2222 }] },
      {
        slot: 2,
        kind: 'hostonlynetwork',
        cable: true,
        network: 'vagrantnet-vbox1',
        mac: '080027FBC15B',
        forwards: [],
      },
    ]);
  });

  it('is whole between the beginning and the end that 6.1 prints, and not without them', () => {
    const uuid = 'ac53720d-d945-4daf-8eb7-7ce59ac8c935';
    const [beginning, end] = ['beginning', 'end'].map((part) => fixture(`showvminfo-${part}.txt`, '6.1'));
    expect(parseMachine(`${beginning}nic1="null"\n${end}`, uuid)).toEqual({
      kind: 'virtualbox',
      uuid,
      name: 'manager2',
      state: 'poweroff',
      nics: [{ slot: 1, kind: 'null', cable: true, forwards: [] }],
    });
    expect(parseMachine(beginning ?? '', uuid)).toBeUndefined();
  });

  it('is not made up from output that is cut off, wherever it is cut', () => {
    const text = info(PLAIN);
    const end = text.indexOf('GuestMemoryBalloon=');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end }), (at) => {
        expect(parseMachine(text.slice(0, at), PLAIN)).toBeUndefined();
      }),
    );
  });

  it('is not another machine', () => {
    expect(parseMachine(info(PLAIN), 'c2ce67e6-d87e-4ec1-9548-e3f09d88c9db')).toBeUndefined();
  });

  it('survives any damage', () => {
    const text = fixture('showvminfo-pf.txt');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(200), fc.string(), (at, cut, put) => {
        parseMachine(text.slice(0, at) + put + text.slice(at + cut), PLAIN);
      }),
    );
  });
});
