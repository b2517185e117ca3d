import { describe, expect, it } from 'vitest';
import { absentMate } from '../../electron/flow/kinds/absent-mate.ts';
import { containerIp } from '../../electron/flow/kinds/container-ip.ts';
import { containerName } from '../../electron/flow/kinds/container-name.ts';
import { dnsServer } from '../../electron/flow/kinds/dns-server.ts';
import { frozenMate } from '../../electron/flow/kinds/frozen-mate.ts';
import { gateway } from '../../electron/flow/kinds/gateway.ts';
import { guestService } from '../../electron/flow/kinds/guest-service.ts';
import { internetIcmp } from '../../electron/flow/kinds/internet-icmp.ts';
import { internetIp } from '../../electron/flow/kinds/internet-ip.ts';
import { internetName } from '../../electron/flow/kinds/internet-name.ts';
import { internetPage } from '../../electron/flow/kinds/internet-page.ts';
import { internetUdp } from '../../electron/flow/kinds/internet-udp.ts';
import { programName } from '../../electron/flow/kinds/program-name.ts';
import { publishedPort } from '../../electron/flow/kinds/published-port.ts';
import { searchedMate } from '../../electron/flow/kinds/searched-mate.ts';
import { searchedName } from '../../electron/flow/kinds/searched-name.ts';
import { parseTarget } from '../../electron/flow/targets.ts';
import type { World } from '../../electron/flow/world.ts';

/** The lab's world: a compose network, the default bridge with nobody on it, one published port. */
const WORLD: World = {
  targets: ['http://1.1.1.1/', 'tcp://8.8.8.8:53', 'http://example.com/', 'http://203.0.113.10/big'].map(
    parseTarget,
  ),
  guestAddresses: ['10.0.2.15', '172.17.0.1'],
  guestGateway: '10.0.2.2',
  guestResolvers: ['10.0.2.3'],
  guestSearched: undefined,
  absent: [],
  frozen: [],
  ownDoor: 22,
  manifold: [],
  places: [
    {
      origin: {
        where: 'container',
        name: 'shop-web-1',
        network: 'shop_default',
        pid: 42,
        address: '172.18.0.2',
      },
      gateway: '172.18.0.1',
      resolvers: ['127.0.0.11'],
      closed: false,
    },
    {
      origin: {
        where: 'endpoint',
        network: 'bridge',
        bridge: 'docker0',
        address: '172.17.255.253',
        prefix: 16,
        gateway: '172.17.0.1',
      },
      gateway: '172.17.0.1',
      resolvers: [],
      closed: false,
    },
  ],
  peers: [
    {
      name: 'shop-web-1',
      network: 'shop_default',
      address: '172.18.0.2',
      port: 80,
      names: ['web', 'shop-web-1'],
      mates: [],
    },
    {
      name: 'shop-db-1',
      network: 'shop_default',
      address: '172.18.0.3',
      port: 5432,
      names: ['db', 'shop-db-1'],
      mates: [],
    },
    { name: 'box1', network: 'bridge', address: '172.17.0.2', port: 80, names: [], mates: [] },
  ],
  published: [
    {
      container: 'shop-web-1',
      running: true,
      hostIp: '0.0.0.0',
      hostPort: 8080,
      behind: { host: '172.18.0.2', port: 80 },
      neighbours: [],
    },
  ],
  proxies: [],
  pins: [],
  userlandProxy: true,
  forwards: [
    { host: '127.0.0.1', hostPort: 3512, guestPort: 8080 },
    { host: '127.0.0.1', hostPort: 2512, guestPort: 22 },
  ],
  idleForwards: [],
};

const ids = (kind: { plan(world: World): { spec: { id: string } }[] }) =>
  kind.plan(WORLD).map((p) => p.spec.id);

describe('flow kinds', () => {
  it('internet-ip: every address, from the guest as the control and from every network', () => {
    expect(ids(internetIp)).toEqual(
      ['guest', 'shop-web-1', 'docker0 (temporary)'].flatMap((from) =>
        ['1.1.1.1:80', '8.8.8.8:53', '203.0.113.10:80'].map((to) => `${from}→internet-ip:${to}`),
      ),
    );
  });

  it('internet-name: only where there is somebody to ask', () => {
    expect(ids(internetName)).toEqual([
      'guest→internet-name:example.com:80',
      'shop-web-1→internet-name:example.com:80',
    ]);
    const [fromGuest] = internetName.plan(WORLD);
    expect(fromGuest?.attempt?.(7)).toMatch(/^'named' '7' '10\.0\.2\.3' '\\x43.*' '80' 'example\.com' '\/'$/);
  });

  it('internet-page: only targets that name a page', () => {
    expect(ids(internetPage).every((id) => id.endsWith('203.0.113.10:80/big'))).toBe(true);
    expect(ids(internetPage)).toHaveLength(3);
  });

  it('internet-udp: only targets that are name servers', () => {
    expect(ids(internetUdp)).toContain('shop-web-1→internet-udp:8.8.8.8:53/udp');
    expect(ids(internetUdp)).toHaveLength(3);
  });

  it('internet-icmp and gateway: one echo from each place', () => {
    expect(ids(internetIcmp)).toHaveLength(3);
    expect(ids(gateway)).toEqual([
      'guest→gateway:10.0.2.2/icmp',
      'shop-web-1→gateway:172.18.0.1/icmp',
      'docker0 (temporary)→gateway:172.17.0.1/icmp',
    ]);
  });

  it('dns-server: the servers a place is told to use, over UDP and TCP', () => {
    expect(ids(dnsServer)).toEqual([
      'guest→dns-server:10.0.2.3:53/udp',
      'guest→dns-server:10.0.2.3:53',
      'shop-web-1→dns-server:127.0.0.11:53/udp',
      'shop-web-1→dns-server:127.0.0.11:53',
    ]);
  });

  it('container-ip: within a network and from the guest, never between networks or to itself', () => {
    expect(ids(containerIp)).toEqual([
      'guest→container-ip:shop-web-1:80',
      'guest→container-ip:shop-db-1:5432',
      'guest→container-ip:box1:80',
      'shop-web-1→container-ip:shop-db-1:5432',
      'docker0 (temporary)→container-ip:box1:80',
    ]);
  });

  it('container-name: by the service’s name, where Docker answers for names', () => {
    expect(ids(containerName)).toEqual(['shop-web-1→container-name:db:5432']);
  });

  it('published-port: from the guest at its own address and on its loopback, from the Mac through the forward that leads there', () => {
    const [guest, local, mac, ...more] = publishedPort.plan(WORLD);
    expect(more).toEqual([]);
    expect(local?.spec.to).toMatchObject({ host: '127.0.0.1', port: 8080 });
    expect(guest?.spec.to).toMatchObject({
      host: '10.0.2.15',
      port: 8080,
      behind: { host: '172.18.0.2', port: 80 },
    });
    expect(mac?.spec).toMatchObject({
      from: { where: 'mac' },
      to: { host: '127.0.0.1', port: 3512, guestPort: 8080 },
    });
    expect(mac?.attempt).toBeUndefined();
  });

  it('guest-service: from every container to the guest’s own SSH server', () => {
    expect(ids(guestService)).toEqual([
      'shop-web-1→guest-service:10.0.2.15:22',
      'docker0 (temporary)→guest-service:10.0.2.15:22',
    ]);
    expect(guestService.plan({ ...WORLD, ownDoor: undefined })).toEqual([]);
  });

  it('program-name: as the C library of the guest finds it', () => {
    expect(ids(programName)).toEqual(['guest→program-name:example.com (getent)/udp']);
  });

  it('searched-name: only where the search domain goes first', () => {
    expect(ids(searchedName)).toEqual([]);
    const [web, ...rest] = WORLD.places;
    const places = web ? [{ ...web, searched: { domain: 'corp.example', ndots: 5 } }, ...rest] : [];
    expect(searchedName.plan({ ...WORLD, places }).map(({ spec }) => spec.id)).toEqual([
      'shop-web-1→searched-name:example.com.corp.example:80',
    ]);
  });

  it('searched-mate: the names of neighbours, with the search domain that goes first', () => {
    expect(ids(searchedMate)).toEqual([]);
    const [web, ...rest] = WORLD.places;
    const with5 = web ? [{ ...web, searched: { domain: 'corp.example', ndots: 5 } }, ...rest] : [];
    expect(searchedMate.plan({ ...WORLD, places: with5 }).map(({ spec }) => spec.id)).toEqual([
      'shop-web-1→searched-mate:db.corp.example',
    ]);
    const with0 = web ? [{ ...web, searched: { domain: 'corp.example', ndots: 0 } }, ...rest] : [];
    expect(searchedMate.plan({ ...WORLD, places: with0 })).toEqual([]);
  });

  it('frozen-mate: a paused service, from its network', () => {
    const peer = { name: 'shop-db-1', address: '172.18.0.9', port: 5432, names: ['db'], mates: [] };
    const frozen = [{ ...peer, network: 'shop_default' }];
    expect(frozenMate.plan({ ...WORLD, frozen }).map(({ spec }) => spec.id)).toEqual([
      'shop-web-1→frozen-mate:shop-db-1:5432',
    ]);
  });

  it('absent-mate: the name of a service that does not run, from its network', () => {
    const absent = [{ container: 'shop-db-1', network: 'shop_default', name: 'db' }];
    expect(absentMate.plan({ ...WORLD, absent }).map(({ spec }) => spec.id)).toEqual([
      'shop-web-1→absent-mate:db',
    ]);
  });
});
