import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseGuestAddresses, parseLease } from '../../electron/discover/guest-addresses.ts';
import { parseNatNetworks } from '../../electron/discover/nat-networks.ts';
import { withReach } from '../../electron/discover/reach.ts';
import { callText, remedyFor } from '../../electron/discover/remedy.ts';
import { type VBoxManage, VBoxManageError } from '../../electron/discover/vboxmanage.ts';
import { sshWays } from '../../electron/discover/ways.ts';
import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { fixture } from './fixtures.ts';

const UUID = '94932e1e-c1ed-498f-a3cb-16aa98a3afe4';
const machine = (...nics: Partial<Nic>[]): Machine => ({
  kind: 'virtualbox',
  uuid: UUID,
  name: 'shop',
  state: 'running',
  nics: nics.map((nic, at) => ({ slot: at + 1, kind: 'nat', cable: true, forwards: [], ...nic })),
});
const forward = (more: Partial<Forward>): Forward => ({
  ...{ name: 'a', proto: 'tcp', hostIp: '127.0.0.1', hostPort: 2222, guestIp: '', guestPort: 22 },
  ...more,
});
const ssh = true;

/** A server on a free port of 127.0.0.1 that says this to whoever comes. */
async function server(says: string): Promise<number> {
  const listening: Server = createServer((socket) => socket.on('error', () => {}).end(says));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listening.close());
  const address = listening.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('the ways to an SSH server', () => {
  it('go by forwards to its port, then others where it answers, then addresses', () => {
    const nics: Partial<Nic>[] = [
      { kind: 'hostonly', address: '192.168.56.101', ssh },
      { kind: 'bridged', address: '192.168.1.7' },
      { kind: 'bridged', address: '192.168.1.8', ssh, cable: false },
      { kind: 'natnetwork', forwards: [forward({ hostPort: 2301 })] },
      {
        forwards: [
          forward({ hostPort: 2201, guestPort: 2222, ssh }),
          forward({ hostPort: 8080, guestPort: 80 }),
        ],
      },
      { forwards: [forward({ hostIp: '10.0.0.1', hostPort: 2203 }), forward({ hostPort: 2204 })] },
    ];
    expect(sshWays(machine(...nics)).map(({ host, port, through }) => `${host}:${port} ${through}`)).toEqual([
      '127.0.0.1:2204 forward',
      '10.0.0.1:2203 forward',
      '127.0.0.1:2301 network-forward',
      '127.0.0.1:2201 forward',
      '192.168.56.101:22 address',
    ]);
  });
});

describe('looking for a way in', () => {
  const silent: VBoxManage = async () => {
    throw new VBoxManageError(1, 'VBoxManage: error: no');
  };

  it('asks nothing where a forward leads to SSH, or the machine is off', async () => {
    const asked: VBoxManage = async (args) => {
      throw new Error(`asked ${args.join(' ')}`);
    };
    const open = machine({ forwards: [forward({})] }, { kind: 'hostonly' });
    const off = { ...machine({ kind: 'natnetwork' }), state: 'poweroff' };
    expect(await withReach([open, off], { run: asked })).toEqual([open, off]);
  });

  it('finds SSH behind a forward to another port, and takes nobody else for it', async () => {
    const [good, bad] = [
      await server('SSH-2.0-OpenSSH_9.6\r\n'),
      await server('HTTP/1.1 400 Bad Request\r\n'),
    ];
    const forwards = [
      forward({ hostPort: bad, guestPort: 80 }),
      forward({ hostPort: good, guestPort: 2222 }),
    ];
    const [found] = await withReach([machine({ forwards })], { run: silent });
    expect(sshWays(found ?? machine())).toEqual([
      { host: '127.0.0.1', port: good, guestPort: 2222, proto: 'tcp', through: 'forward' },
    ]);
  });

  it('asks in words that 6.1 understands as well', async () => {
    const asked: string[] = [];
    const run: VBoxManage = async (args) => {
      asked.push(args.join(' '));
      return args.includes('natnets') ? fixture('list-natnets.txt', '6.1') : '';
    };
    const network = { kind: 'natnetwork', network: 'NatNetwork', mac: '080027AAAAAA' };
    await withReach([machine(network)], { run });
    expect(asked).toEqual([
      'list -l natnets',
      `guestproperty enumerate ${UUID} --patterns /VirtualBox/GuestInfo/Net/*`,
      'dhcpserver findlease --network=NatNetwork --mac-address=080027AAAAAA',
    ]);
  });

  it('is not stopped by a question that VirtualBox does not answer', async () => {
    const lost = machine({ kind: 'natnetwork', network: 'n', mac: '080027AAAAAA' });
    expect(await withReach([lost], { run: silent })).toEqual([lost]);
  });
});

describe('a forward of a NAT network', () => {
  it('is offered where the guest’s address is known, whatever the network is called', () => {
    const networked = (network: string) =>
      remedyFor(machine({ kind: 'natnetwork', network, address: '10.9.0.4' }), 2230);
    expect(callText(networked('lab')?.call ?? [])).toBe(
      'VBoxManage natnetwork modify --netname=lab --port-forward-4 "culprit-ssh-2230:tcp:[127.0.0.1]:2230:[10.9.0.4]:22"',
    );
    expect(callText(networked("it's $(x)")?.undo ?? [])).toBe(
      "VBoxManage natnetwork modify '--netname=it'\\''s $(x)' --port-forward-4 delete culprit-ssh-2230",
    );
    expect(remedyFor(machine({ kind: 'natnetwork', network: 'lab' }), 2230)).toBeUndefined();
  });
});

describe('what VirtualBox says of networks and guests', () => {
  it('has the forwards of each NAT network, those for IPv6 and loopback mappings aside', () => {
    const networks = parseNatNetworks(fixture('list-l-natnets.txt'));
    expect([...networks.keys()]).toEqual(['lab', 'odd "n" é', 'bad']);
    expect(networks.get('lab')).toEqual([
      forward({ name: 'noip', hostIp: '', hostPort: 2300, guestIp: '10.9.0.4' }),
    ]);
    expect(networks.get('bad')).toEqual([]);
  });

  it('has the forwards as 6.1 and 7.0 print them', () => {
    const [old] = parseNatNetworks(fixture('list-natnets.txt', '6.1'));
    const rule = { name: 'Rule 1', hostIp: '', guestIp: '10.0.2.7' };
    expect(old).toEqual(['NatNetwork', [forward(rule)]]);
    const [name, rules] = [...parseNatNetworks(fixture('natnetwork-list.txt', '7.0'))][0] ?? [];
    expect(name).toBe('vm-net');
    expect(rules?.map(({ hostPort, guestIp }) => [hostPort, guestIp])).toEqual([
      [3323, '192.168.10.23'],
      [3389, '192.168.10.89'],
      [3221, '192.168.10.221'],
    ]);
  });

  it('has addresses by MAC, as 7.x and as 6.x print them; only ones that another host can have', () => {
    const lines = (
      address: string,
    ) => `${fixture('guestproperty-enumerate.txt').replace("'10.0.2.15'", `'${address}'`)}
/VirtualBox/GuestInfo/Net/0/MAC   = '080027c262b9' @ 2026-11-26T09:14:06.325Z`;
    expect([...parseGuestAddresses(lines('10.0.2.15'))]).toEqual([['080027C262B9', '10.0.2.15']]);
    for (const odd of ['127.0.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1', 'fe80::1', '1.2.3.4; rm', ''])
      expect([...parseGuestAddresses(lines(odd))]).toEqual([]);
    // The lines are real, what they say is not: that VM had no Guest Additions.
    const old = fixture('guestproperty-enumerate.txt', '6.1')
      .replace('HostGuest/SysprepArgs, value: ', 'GuestInfo/Net/1/V4/IP, value: 192.168.56.101')
      .replace('HostInfo/VBoxVer, value: 6.1.4', 'GuestInfo/Net/1/MAC, value: 080027C262B9');
    expect([...parseGuestAddresses(old)]).toEqual([['080027C262B9', '192.168.56.101']]);
  });

  it('has the address of a lease', () => {
    expect(parseLease('IP Address:  10.55.0.4\nMAC Address: 08:00:27:c2:62:b9\nState:       acked\n')).toBe(
      '10.55.0.4',
    );
    expect(parseLease('IP Address:  nonsense\n')).toBeUndefined();
    expect(parseLease('')).toBeUndefined();
  });

  it('survives any damage', () => {
    const text = fixture('list-l-natnets.txt') + fixture('guestproperty-enumerate.txt');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(60), fc.string(), (at, cut, put) => {
        const damaged = text.slice(0, at) + put + text.slice(at + cut);
        parseNatNetworks(damaged);
        parseGuestAddresses(damaged);
      }),
    );
  });
});
