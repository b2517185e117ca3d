import { describe, expect, it } from 'vitest';
import { findMachine } from '../../electron/discover/find-machine.ts';
import { wayToSsh } from '../../electron/discover/way-to-ssh.ts';
import { waysInto } from '../../electron/discover/ways.ts';
import type { Forward, Machine } from '../../shared/machine.ts';

const uuidOf = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

function machine(
  n: number,
  name: string,
  forwards: Partial<Forward>[] = [],
  more: Partial<Machine> = {},
): Machine {
  const whole = (forward: Partial<Forward>, at: number): Forward => ({
    name: `rule${at}`,
    proto: 'tcp',
    hostIp: '127.0.0.1',
    hostPort: 2222,
    guestIp: '',
    guestPort: 22,
    ...forward,
  });
  return {
    kind: 'virtualbox',
    uuid: uuidOf(n),
    name,
    state: 'running',
    nics: [{ slot: 1, kind: 'nat', cable: true, forwards: forwards.map(whole) }],
    ...more,
  };
}

describe('finding a machine', () => {
  const machines = [
    machine(1, 'debian'),
    machine(2, 'Debian'),
    machine(3, 'centos-8'),
    machine(4, uuidOf(3)),
  ];

  it('goes by name, exactly first', () => {
    expect(findMachine(machines, 'Debian').uuid).toBe(uuidOf(2));
    expect(findMachine(machines, 'CentOS-8').uuid).toBe(uuidOf(3));
  });

  it('goes by UUID before names', () => {
    expect(findMachine(machines, uuidOf(3)).name).toBe('centos-8');
    expect(findMachine(machines, `{${uuidOf(3)}}`).name).toBe('centos-8');
  });

  it('finds a name however its accents are encoded', () => {
    expect(findMachine([machine(1, 'cafe\u0301')], 'caf\u00e9').uuid).toBe(uuidOf(1));
  });

  it('tells near names when there is none', () => {
    const near = (wanted: string) => {
      try {
        findMachine(machines, wanted);
      } catch (error) {
        return (error as { code: string; facts: { near: string[] } }).facts.near;
      }
    };
    expect(near('debain')).toEqual(['debian', 'Debian']);
    expect(near('centos')).toEqual(['centos-8']);
    expect(near('windows')).toEqual([]);
  });

  it('does not choose between two of one name', () => {
    expect(() => findMachine([machine(1, 'a'), machine(2, 'a')], 'a')).toThrow(
      expect.objectContaining({
        code: 'vm-ambiguous',
        facts: { wanted: 'a', matches: [`a {${uuidOf(1)}}`, `a {${uuidOf(2)}}`] },
      }),
    );
  });
});

describe('the way to SSH', () => {
  it.each([
    ['', '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['192.168.1.5', '192.168.1.5'],
    ['localhost', '127.0.0.1'],
    ['300.1.1.1', '127.0.0.1'],
  ])('of a forward on %j leads to %s', (hostIp, host) => {
    expect(wayToSsh(machine(1, 'a', [{ hostIp }]))).toMatchObject({ host, port: 2222 });
  });

  it('prefers the loopback address, and passes over UDP and other ports', () => {
    const forwards = [
      { hostPort: 8080, guestPort: 80 },
      { proto: 'udp' as const, hostPort: 2200 },
      { hostIp: '192.168.1.5', hostPort: 2201 },
      { hostPort: 2202 },
    ];
    expect(wayToSsh(machine(1, 'a', forwards))).toMatchObject({ host: '127.0.0.1', port: 2202 });
    expect(waysInto(machine(1, 'a', forwards))).toHaveLength(4);
  });

  it('is not there for a machine that is off or cannot be opened', () => {
    expect(() => wayToSsh(machine(1, 'a', [{}], { state: 'saved' }))).toThrow(
      expect.objectContaining({
        code: 'vm-not-running',
        facts: {
          uuid: uuidOf(1),
          name: 'a',
          state: 'saved',
          command: `VBoxManage startvm ${uuidOf(1)} --type headless`,
        },
      }),
    );
    const trouble = { code: 'vm-inaccessible' as const, detail: 'why' };
    expect(() => wayToSsh(machine(1, 'a', [{}], { trouble }))).toThrow(
      expect.objectContaining({ code: 'vm-inaccessible' }),
    );
  });

  it('is not through an unplugged cable', () => {
    const unplugged = [{ slot: 1, kind: 'nat', cable: false, forwards: [] }];
    expect(() => wayToSsh(machine(1, 'a', [], { nics: unplugged }))).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ nics: ['1: nat (cable unplugged)'] }) }),
    );
  });

  it('is offered as a command that collides with no other forward', () => {
    expect(() => wayToSsh(machine(1, 'a', [{ name: 'ssh', guestPort: 80 }]))).toThrow(
      expect.objectContaining({
        code: 'vm-no-forward',
        facts: expect.objectContaining({
          command: `VBoxManage controlvm ${uuidOf(1)} natpf1 "culprit-ssh,tcp,127.0.0.1,2223,,22"`,
        }),
      }),
    );
  });
});
