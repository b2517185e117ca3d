import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { fact, withContainer, withFact } from './altered-scene.ts';

const healthy = readScene('healthy-baseline');
/** The Compose project's network, wherever Docker lists it. */
function shopOf<N extends { name: string }>(networks: readonly N[]): N {
  const found = networks.find(({ name }) => name === 'shop_default');
  if (!found) throw new Error('the scene has no shop_default');
  return found;
}
const first = (scene: Scene) => diagnoseScene(scene).causes[0];

/** The scene with these flows failing so. */
function failing(scene: Scene, like: (flow: FlowResult) => Partial<FlowResult> | undefined): Scene {
  const flows = scene.flows.map((f) => ({ ...f, ...like(f) }));
  return { ...scene, flows, bad: flows.filter(({ outcome, to }) => outcome !== 'ok' && to.proto !== 'icmp') };
}
const toDb = (f: FlowResult) => f.to.container === 'shop-db-1' && f.from.where === 'container';

const attachment = (network: string, ip: string) => ({
  attachments: [
    { network, networkId: '', ip, ip6: null, gateway: null, gateway6: null, mac: null, aliases: [] },
  ],
});

describe('separate-networks', () => {
  const apart = withContainer(healthy, 'shop-db-1', attachment('shop_back', '172.19.0.2'));

  it('tells that two containers share no network', () => {
    const cause = first(failing(apart, (f) => (toDb(f) ? { outcome: 'timeout' } : undefined)));
    expect(cause).toMatchObject({
      id: 'service-on-another-network',
      fixes: [{ commands: ['docker network connect --alias db shop_default shop-db-1'] }],
    });
    expect(cause?.says.en).toContain('a different network');
  });

  it('is not to blame where they do share one', () => {
    const scene = failing(healthy, (f) => (toDb(f) ? { outcome: 'timeout' } : undefined));
    expect(first(scene)).toBeUndefined();
  });
});

describe('default-bridge-names', () => {
  const moved = withContainer(healthy, 'shop-db-1', attachment('bridge', '172.17.0.9'));
  const ask = (network: string, resolved?: string): Scene => {
    const [known] = healthy.flows.filter((f) => f.to.what === 'container-name');
    if (known?.from.where !== 'container') throw new Error('the scene asks for no name');
    const { resolved: _, ...flow } = known;
    const asked: FlowResult = {
      ...flow,
      from: { ...known.from, network, name: 'box2' },
      outcome: resolved === undefined ? 'name-not-found' : 'timeout',
      detail: '',
      ...(resolved !== undefined && { resolved }),
    };
    return { ...moved, flows: [...moved.flows, asked], bad: [asked] };
  };

  it('tells that the default bridge knows no names, and which network does', () => {
    const cause = first(ask('bridge'));
    expect(cause?.id).toBe('default-bridge-no-names');
    expect(cause?.title.en).toContain('default bridge');
    expect(cause?.fixes[0]?.commands).toEqual([
      'docker network connect --alias db shop_default shop-db-1',
      'docker network connect shop_default box2',
    ]);
  });

  it('is not to blame on a network that has a name server, or where the name resolved', () => {
    expect(first(ask('shop_default'))).toBeUndefined();
    expect(first(ask('bridge', '172.17.0.9'))).toBeUndefined();
  });
});

describe('networks-overlap', () => {
  const { networks } = fact(healthy, 'docker');
  const twin = (subnet: string) =>
    withFact(healthy, 'docker', {
      networks: [
        ...networks,
        {
          ...shopOf(networks),
          name: 'twin',
          bridge: 'br-twin',
          subnets: [{ subnet, gateway: null }],
        },
      ],
    });
  const lost = (scene: Scene) => failing(scene, (f) => (toDb(f) ? { outcome: 'unreachable' } : undefined));

  it('tells that two networks have addresses in common', () => {
    expect(first(lost(twin('172.18.0.0/16')))).toMatchObject({ id: 'docker-networks-overlap' });
    expect(first(lost(twin('172.18.4.0/24')))?.says.en).toContain('172.18.4.0/24');
  });

  it('is not to blame for neighbours, nor where everything works', () => {
    expect(first(lost(twin('172.19.0.0/16')))).toBeUndefined();
    expect(first(twin('172.18.0.0/16'))).toBeUndefined();
  });
});

describe('subnet-over-nat', () => {
  const offline = readScene('host-offline');
  const { networks } = fact(offline, 'docker');
  const network = (subnet: string) =>
    withFact(offline, 'docker', {
      networks: [
        ...networks,
        {
          ...shopOf(networks),
          name: 'corp',
          bridge: 'br-corp',
          subnets: [{ subnet, gateway: null }],
        },
      ],
    });

  it('tells a network with the addresses of the VM’s own from a VM that is offline', () => {
    expect(first(network('10.0.2.0/24'))).toMatchObject({
      id: 'docker-subnet-over-nat',
      owner: 'docker',
      says: { en: expect.stringContaining('the VM itself looks for 10.0.2.2') },
    });
    expect(first(network('10.0.3.0/24'))?.id).toBe('machine-offline');
  });
});

describe('ports', () => {
  const { containers } = fact(healthy, 'docker');
  const web = containers.find(({ name }) => name === 'shop-web-1');
  const published = healthy.flows.find(({ to }) => to.what === 'published-port');
  if (!web || !published) throw new Error('the scene publishes nothing');
  const fromMac = (container?: string): FlowResult => {
    const { container: _, behind: __, ...to } = published.to;
    return {
      ...published,
      id: 'mac→published-port:127.0.0.1:3512',
      from: { where: 'mac' },
      to: { ...to, host: '127.0.0.1', port: 3512, guestPort: 8080, ...(container ? { container } : {}) },
      outcome: 'reset',
    };
  };
  const dead = (scene: Scene, flow: FlowResult): Scene => ({
    ...scene,
    flows: [...scene.flows, flow],
    bad: [flow],
  });

  it('port-not-published: a forward leads to nobody while a container only exposes', () => {
    const only = withContainer(healthy, 'shop-web-1', { wantedPorts: [], publishedPorts: [] });
    expect(first(dead(only, fromMac()))).toMatchObject({
      id: 'port-not-published',
      title: { en: 'No container publishes port 8080: shop-web-1 only exposes 80' },
    });
    const none = withContainer(only, 'shop-web-1', { wantedPorts: [], exposedPorts: [] });
    expect(first(dead(none, fromMac()))).toBeUndefined();
  });

  it('port-in-use: a container could not start for its port, although somebody answers there', () => {
    // docker-proxy holds 8080 in this scene, as another program would
    const error =
      'driver failed programming external connectivity: listen tcp4 0.0.0.0:8080: bind: address already in use';
    const out = withContainer(healthy, 'shop-web-1', { state: 'exited', publishedPorts: [], error });
    expect(first(out)).toMatchObject({ id: 'port-in-use', explains: [] });
    expect(first(withContainer(out, 'shop-web-1', { error: '' }))).toBeUndefined();
    const free = withContainer(out, 'shop-web-1', {
      wantedPorts: [{ port: 80, proto: 'tcp', hostIp: '', hostPort: 9090 }],
    });
    expect(first(free)).toBeUndefined();
  });

  const ruleset = fact(healthy, 'ruleset');
  const withoutJump = withFact(healthy, 'ruleset', {
    chains: ruleset.chains.map((c) =>
      c.table === 'nat' && c.name === 'PREROUTING' ? { ...c, rules: [] } : c,
    ),
  });

  it('port-not-translated: nothing hands the port on', () => {
    const listeners = fact(healthy, 'listeners').filter(({ port }) => port !== 8080);
    const scene: Scene = {
      ...withoutJump,
      facts: { ...withoutJump.facts, listeners: { ...healthy.facts.listeners, value: listeners } as never },
    };
    const cause = first(dead(scene, fromMac('shop-web-1')));
    expect(cause?.id).toBe('port-not-translated');
    expect(cause?.says.en).toMatch(/PREROUTING.*DOCKER.*DNAT/);
    // with the proxy in its place it is no fault that anybody feels
    const proxy: Scene = { ...scene, facts: { ...scene.facts, listeners: healthy.facts.listeners } };
    expect(first(dead(proxy, fromMac('shop-web-1')))?.id).not.toBe('port-not-translated');
    // and with the jump it is another one
    const jump: Scene = { ...scene, facts: { ...scene.facts, ruleset: healthy.facts.ruleset } };
    expect(first(dead(jump, fromMac('shop-web-1')))?.id).not.toBe('port-not-translated');
  });
});
