import { describe, expect, it } from 'vitest';
import { planFlows } from '../../electron/flow/plan.ts';
import { worldFrom } from '../../electron/flow/world.ts';
import type { DockerContainer } from '../../electron/probe/lib/docker-model.ts';
import { readScene } from '../lab-cases/scene-file.ts';

const FORWARDS = [8080, 8081].map((guestPort) => ({
  host: '127.0.0.1',
  hostPort: guestPort + 1000,
  guestPort,
}));

/** The flows of the lab's healthy machine, whose containers were changed. */
function flowsWith(
  change: (container: DockerContainer) => Partial<DockerContainer>,
  closed = false,
): string[] {
  const { facts } = readScene('healthy-baseline');
  if (!facts.docker.ok || !facts.listeners.ok) throw new Error('the scene has no Docker');
  // docker-proxy ends with the publication that a case takes away
  const listeners = facts.listeners.value.filter(({ port }) => port !== 8080);
  const docker = { ...facts.docker.value };
  docker.containers = docker.containers.map((c) => ({ ...c, ...change(c) }));
  const [first] = docker.networks;
  if (!first) throw new Error('the scene has no network');
  docker.networks = [
    ...docker.networks.map((n) => (n.name === 'shop_default' ? { ...n, internal: closed } : n)),
    { ...first, name: 'shop_back', driver: 'bridge', bridge: 'br-back', labels: {} },
  ];
  const changed = {
    ...facts,
    docker: { ...facts.docker, value: docker },
    listeners: { ...facts.listeners, value: listeners },
  };
  return planFlows(worldFrom(changed, [], FORWARDS)).map(({ spec }) => spec.id);
}

const on = (network: string, ip: string, aliases: string[] = []) => ({
  attachments: [{ network, networkId: '', ip, ip6: null, gateway: null, gateway6: null, mac: null, aliases }],
});
const only = (name: string, change: Partial<DockerContainer>) => (c: DockerContainer) =>
  c.name === name ? change : {};
const named = (ids: string[], part: string) => ids.filter((id) => id.includes(part));

describe('between networks', () => {
  const alone = on('shop_back', '172.19.0.2', ['db']);

  it('a service that nobody can reach is tried from the others of its project', () => {
    const flows = flowsWith(only('shop-db-1', alone));
    expect(named(flows, 'shop-web-1→container-')).toEqual([
      'shop-web-1→container-ip:shop-db-1:5432',
      'shop-web-1→container-name:db:5432',
    ]);
    expect(named(flows, 'box2→container-ip:shop-db-1')).toEqual([]);
  });

  it('is not, where it is published, has company, or belongs to no project', () => {
    const ports = [{ port: 5432, proto: 'tcp' as const, hostIp: '', hostPort: 5432 }];
    const from = 'shop-web-1→container-ip:shop-db-1';
    expect(named(flowsWith(only('shop-db-1', { ...alone, wantedPorts: ports })), from)).toEqual([]);
    expect(named(flowsWith(only('shop-db-1', { ...alone, compose: null })), from)).toEqual([]);
    const company = (c: DockerContainer) =>
      c.name === 'shop-db-1' ? alone : c.name === 'box1' ? on('shop_back', '172.19.0.3') : {};
    expect(named(flowsWith(company), from)).toEqual([]);
  });
});

describe('a container on several networks', () => {
  const [front] = on('shop_default', '172.18.0.3', ['web']).attachments;
  const [back] = on('shop_back', '172.19.0.2', ['web']).attachments;
  const between = (c: DockerContainer) =>
    c.name === 'shop-web-1' && front && back
      ? { attachments: [front, back] }
      : c.name === 'shop-db-1'
        ? on('shop_back', '172.19.0.3', ['db'])
        : {};

  it('is tried on each of them where nobody else could reach the one that is alone there', () => {
    expect(named(flowsWith(between), 'shop-web-1→container-')).toEqual([
      'shop-web-1→container-ip:shop-db-1:5432',
      'shop-web-1→container-name:db:5432',
    ]);
  });
});

describe('names on the default bridge', () => {
  const moved = (c: DockerContainer) =>
    c.compose ? { ...on('bridge', `172.17.0.${c.name.length}`), compose: null } : {};

  it('are asked for where the containers were once of Compose and its network lies empty', () => {
    expect(named(flowsWith(moved), '→container-name:db:5432')).toContain('box2→container-name:db:5432');
  });

  it('are not where that network is in use, and never of others', () => {
    const one = (c: DockerContainer) => (c.name === 'shop-db-1' ? moved(c) : {});
    expect(named(flowsWith(one), '→container-name:db')).toEqual([]);
    expect(named(flowsWith(moved), '→container-name:box1')).toEqual([]);
  });
});

describe('internal networks', () => {
  const out = ['→gateway', '→dns-server'].map((kind) => `shop-web-1${kind}`);

  it('are tried outwards where something on them wants out', () => {
    for (const kind of out)
      expect(
        named(
          flowsWith(() => ({}), true),
          kind,
        ),
      ).not.toEqual([]);
  });

  it('are not where their containers have another way, as a back end has', () => {
    const both = (c: DockerContainer) =>
      c.name === 'shop-web-1'
        ? { attachments: [...c.attachments, ...on('shop_back', '172.19.0.2').attachments] }
        : {};
    const flows = flowsWith(both, true).filter((id) => !id.startsWith('shop-web-1'));
    expect(named(flows, 'shop-db-1→gateway')).toEqual([]);
    expect(named(flows, 'shop-db-1→dns-server')).toEqual([]);
    expect(named(flows, 'shop-db-1→container-ip:shop-web-1')).toHaveLength(1);
  });
});

describe('forwards that lead to nobody', () => {
  const mac = 'mac→published-port:127.0.0.1:9080';
  const unpublished = {
    wantedPorts: [],
    publishedPorts: [],
    exposedPorts: [{ port: 80, proto: 'tcp' as const }],
  };

  it('are tried where a container exposes a port and publishes none', () => {
    expect(named(flowsWith(only('shop-web-1', unpublished)), mac)).toEqual([mac]);
  });

  it('are not where another forward leads to a container, or nothing is exposed', () => {
    expect(
      named(
        flowsWith(() => ({})),
        'mac→published-port:127.0.0.1:9081',
      ),
    ).toEqual([]);
    expect(named(flowsWith(only('shop-web-1', { ...unpublished, exposedPorts: [] })), mac)).toEqual([]);
  });
});
