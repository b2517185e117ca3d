import { describe, expect, it } from 'vitest';
import { planFlows } from '../../electron/flow/plan.ts';
import { defaultTargets } from '../../electron/flow/targets.ts';
import { worldFrom } from '../../electron/flow/world.ts';
import { altered, container, fact } from '../diagnose/altered-scene.ts';

const baseline = (change: Parameters<typeof altered>[1] = () => {}) => altered('healthy-baseline', change);
const worldOf = (scene: ReturnType<typeof baseline>) => worldFrom(scene.facts, defaultTargets(), []);
const places = (scene: ReturnType<typeof baseline>) =>
  worldOf(scene)
    .places.map(({ origin }) => (origin.where === 'container' ? origin.name : origin.where))
    .sort();
const flowsOf = (scene: ReturnType<typeof baseline>, kind: string) =>
  planFlows(worldOf(scene))
    .filter(({ spec }) => spec.kind === kind)
    .map(({ spec }) => spec.id);

describe('places of container traffic', () => {
  it('one container a network, where all are set up alike', () => {
    expect(places(baseline())).toEqual(['box2', 'shop-web-1']);
  });

  it('of those alike the one that is called from without, whichever was made last', () => {
    const anew = baseline((s) => fact(s, 'docker').containers.reverse());
    expect(places(anew)).toEqual(['box1', 'shop-web-1']);
    expect(flowsOf(anew, 'container-name')).toContain('shop-web-1→container-name:db:5432');
  });

  it('another one of the network that asks for names otherwise, or has other routes, queues or links', () => {
    const dns = baseline((s) => Object.assign(container(s, 'shop-db-1'), { dns: ['192.0.2.53'] }));
    expect(places(dns)).toEqual(['box2', 'shop-db-1', 'shop-web-1']);
    const queue = baseline((s) => {
      const box1 = container(s, 'box1').id;
      const all = fact(s, 'containers');
      const inode = all.containers.find((c) => c.id === box1)?.netns;
      for (const link of all.namespaces.find((n) => n.inode === inode)?.interfaces ?? [])
        link.qdisc = 'netem';
    });
    expect(places(queue)).toEqual(['box1', 'box2', 'shop-web-1']);
    const searching = baseline((s) => {
      const db = container(s, 'shop-db-1').id;
      const resolver = fact(s, 'containers').containers.find((c) => c.id === db)?.resolver;
      Object.assign(resolver ?? {}, { search: ['corp.example'], options: ['ndots:5'] });
    });
    expect(places(searching)).toEqual(['box2', 'shop-db-1', 'shop-web-1']);
    expect(flowsOf(searching, 'searched-mate')).toEqual(['shop-db-1→searched-mate:web.corp.example']);
  });

  it('one whose inside could not be looked at is not taken for another way', () => {
    const slow = baseline((s) => {
      const all = fact(s, 'containers');
      all.namespaces = all.namespaces.filter((n) => n.pid === container(s, 'shop-web-1').pid);
    });
    expect(places(slow)).toEqual(['box2', 'shop-web-1']);
  });

  it('a container without any network where it serves something, and no other', () => {
    const none = (ports: boolean) =>
      baseline((s) => {
        Object.assign(container(s, 'box1'), { networkMode: 'none', attachments: [], exposedPorts: [] });
        if (ports)
          container(s, 'box1').wantedPorts = [{ port: 80, proto: 'tcp', hostIp: '', hostPort: 8081 }];
      });
    expect(places(none(true))).toEqual(['box1', 'box2', 'shop-web-1']);
    expect(places(none(false))).toEqual(['box2', 'shop-web-1']);
  });
});

describe('name servers', () => {
  it('where none is named, the machine itself is asked, as the C library does', () => {
    const scene = baseline((s) => Object.assign(fact(s, 'resolver'), { servers: [] }));
    expect(flowsOf(scene, 'dns-server')).toContain('guest→dns-server:127.0.0.1:53/udp');
    expect(flowsOf(scene, 'internet-name')).toContain('guest→internet-name:example.com:80');
  });

  it('one of IPv6 is tried where none of IPv4 is named', () => {
    const asked = (...servers: string[]) =>
      flowsOf(
        baseline((s) => Object.assign(fact(s, 'resolver'), { servers })),
        'dns-server',
      ).filter((id) => id.startsWith('guest') && id.endsWith('/udp'));
    expect(asked('fd00::3', 'nonsense')).toEqual(['guest→dns-server:fd00::3:53/udp']);
    expect(asked('fd00::3', '10.0.2.3')).toEqual(['guest→dns-server:10.0.2.3:53/udp']);
  });
});

describe('settings that lead elsewhere', () => {
  it('proxies of containers and of Docker, each address once; exceptions and what is no address are none', () => {
    const scene = baseline((s) => {
      container(s, 'shop-web-1').proxyEnv = {
        http_proxy: 'http://***@10.0.2.2:3128/',
        HTTPS_PROXY: '10.0.2.2:3128',
        no_proxy: 'db',
        all_proxy: 'socks5://proxy.corp',
        ftp_proxy: 'http://10.0.2.9:1',
      };
      container(s, 'box1').proxyEnv = { http_proxy: '', https_proxy: 'http://$(reboot):1' };
      fact(s, 'docker').proxyEnv = { HTTP_PROXY: 'http://192.0.2.1:8080' };
    });
    expect(flowsOf(scene, 'proxy')).toEqual([
      'shop-web-1→proxy:10.0.2.2:3128',
      'shop-web-1→proxy:proxy.corp:1080',
      'guest→proxy:192.0.2.1:8080',
    ]);
  });

  it('names in hosts files, where they are the target’s or a neighbour’s', () => {
    const scene = baseline((s) => {
      const web = container(s, 'shop-web-1');
      const inside = fact(s, 'containers').containers.find((c) => c.id === web.id);
      if (inside)
        inside.hosts = [
          { name: web.id.slice(0, 12), address: web.attachments[0]?.ip ?? '' },
          { name: 'db', address: '192.0.2.81' },
          { name: 'host.docker.internal', address: '172.17.0.1' },
        ];
      fact(s, 'resolver').hosts = [{ name: 'Example.com', address: '192.0.2.80' }];
    });
    expect(flowsOf(scene, 'pinned-name')).toEqual([
      'guest→pinned-name:Example.com:80 = 192.0.2.80',
      'shop-web-1→pinned-name:db:5432 = 192.0.2.81',
    ]);
  });

  it('ports of neighbours by the guest’s address only without docker-proxy', () => {
    const without = baseline((s) => {
      fact(s, 'docker').daemonJson = { text: '', error: null, value: { 'userland-proxy': false } };
    });
    expect(flowsOf(without, 'hairpin')).toEqual(['shop-db-1→hairpin:10.0.2.15:8080 (shop-web-1)']);
    expect(flowsOf(baseline(), 'hairpin')).toEqual([]);
  });
});
