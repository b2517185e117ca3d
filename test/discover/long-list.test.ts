import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLongList } from '../../electron/discover/long-list.ts';
import { parseMachine } from '../../electron/discover/parse-machine.ts';
import { fixture, info } from './fixtures.ts';

const LIST = fixture('list-l-vms.txt');
const PLAIN = 'c2ce67e6-d87e-4ec1-9548-e3f09d88c9db';
/** The machine `nics`, which has an adapter of each kind. */
const NICS = 'cef84240-7afd-4c59-bbcc-f96bb736fb5a';
const BLOCK =
  LIST.split('\n\n').find((block) => block.includes(`\nUUID:                        ${NICS}\n`)) ?? '';
/** Letters and signs of any script; quotes, backslashes, control characters. */
const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'binary-ascii', minLength: 1 }),
);

describe('the list of all machines in one call', () => {
  it('says of each what showvminfo says of it', () => {
    const listed = parseLongList(LIST);
    for (const name of ['nics', 'pf', 'name-7ac22a', 'name-cfe9f3', 'name-e5c654', 'name-f3de08']) {
      const text = fixture(`showvminfo-${name}.txt`);
      const uuid = /^UUID="(.*)"$/m.exec(text)?.[1] ?? '';
      const machine = parseMachine(text, uuid);
      expect(machine).toBeDefined();
      expect(listed.get(uuid), name).toEqual(machine);
    }
  });

  it.each([
    ['nat', '6.1', 'vagrant_getting_started_default_1636852324301_49394', 'nat', '0800277360CF', undefined],
    ['usb-filter', '6.1', 'Budgie 20.04', 'bridged', '08002775065D', 'enp2s0f0'],
    ['nat', '7.0', 'Lubuntu', 'nat', '080027D3F368', undefined],
    ['bridged', '7.0', 'rh9-node1', 'bridged', '080027B9DDCA', 'eth0'],
    ['bridged', '7.1', 'Win10(64)', 'bridged', '080027363FBE', 'Intel(R) Wi-Fi 6E AX211 160MHz'],
  ] as const)('is read as older versions print it (%s, %s)', (file, version, name, kind, mac, network) => {
    const [machine, ...more] = parseLongList(fixture(`showvminfo-long-${file}.txt`, version)).values();
    expect(more).toEqual([]);
    expect(machine).toMatchObject({ name, state: 'poweroff' });
    expect(machine?.architecture).toBe(version === '7.1' ? 'x86' : undefined);
    expect(machine?.nics).toEqual([
      { slot: 1, kind, cable: true, mac, ...(network && { network }), forwards: expect.any(Array) },
    ]);
  });

  it('has the forwards that 6.1 prints', () => {
    const [machine] = parseLongList(fixture('showvminfo-long-nat.txt', '6.1')).values();
    expect(machine?.nics[0]?.forwards).toEqual([
      { name: 'ssh', proto: 'tcp', hostIp: '127.0.0.1', hostPort: 2222, guestIp: '', guestPort: 22 },
    ]);
  });

  it('leaves out a machine that runs, and would read its NAT network', () => {
    const text = fixture('list-l-runningvms.txt', '6.1');
    expect(parseLongList(text).size).toBe(0);
    const [off] = parseLongList(text.replace('running', 'powered off')).values();
    expect(off?.nics).toEqual([
      { slot: 1, kind: 'natnetwork', cable: true, network: 'NatNetwork', mac: '0800273DCB5C', forwards: [] },
    ]);
  });

  it('leaves out whoever has two lines for one, a name of two lines, or no end', () => {
    expect([...parseLongList(BLOCK).keys()]).toEqual([NICS]);
    const twice = BLOCK.replace(
      '* Guest:',
      'State:                       saved (since 2026-11-22)\n* Guest:',
    );
    expect(parseLongList(twice).size).toBe(0);
    expect(parseLongList(BLOCK.replace('nics\n', 'ni\ncs\n')).size).toBe(0);
    expect(parseLongList(BLOCK.slice(0, BLOCK.indexOf('Configured'))).size).toBe(0);
    expect(parseLongList(BLOCK.replace(/^NIC 6:.*\n/m, '')).size).toBe(0);
    expect(parseLongList(BLOCK.replace('powered off', '已关闭')).size).toBe(0);
    expect(parseLongList(BLOCK.replace('powered off', 'running')).size).toBe(0);
  });

  it('leaves out a machine whose UUID stands in the text of another', () => {
    const forged = `${LIST}\n${BLOCK.replace('powered off', 'aborted')}`;
    expect(parseLongList(LIST).has(NICS)).toBe(true);
    expect(parseLongList(forged).has(NICS)).toBe(false);
    expect(parseLongList(`${LIST}\nUUID:            ${NICS}\n`).has(NICS)).toBe(false);
  });

  it('gives any name as it is, or not at all; never another', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const [found] = parseLongList(BLOCK.replace('nics\n', () => `${name}\n`)).values();
        if (name.includes('\n')) expect(found === undefined || found.name.length < name.length).toBe(true);
        else expect(found?.name).toBe(name);
      }),
    );
  });

  it('survives any damage', () => {
    fc.assert(
      fc.property(fc.nat(LIST.length), fc.nat(200), fc.string(), (at, cut, put) => {
        parseLongList(LIST.slice(0, at) + put + LIST.slice(at + cut));
      }),
      { numRuns: 20 },
    );
  });
});

describe('showvminfo', () => {
  it('gives any name, and any name of a forward, as it is', () => {
    fc.assert(
      fc.property(anyName, fc.string({ unit: 'grapheme' }), (name, rule) => {
        const text = info(PLAIN, [
          ['name="plain"', `name="${name.replace(/["\\]/g, '\\$&')}"`],
          ['enableTFTP="0"\n', `enableTFTP="0"\nForwarding(0)="${rule},tcp,,8080,,80"\n`],
        ]);
        const machine = parseMachine(text, PLAIN);
        expect(machine?.name).toBe(name);
        expect(machine?.nics[0]?.forwards[0]?.name).toBe(rule);
      }),
    );
  });
});
