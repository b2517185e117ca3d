import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import { lookUp } from '../../electron/diagnose/routing.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import type { Interface } from '../../electron/probe/interfaces.ts';
import { readChainDevices } from '../../electron/probe/lib/nft-text.ts';
import { parseRoutes, parseRules } from '../../electron/probe/routes.ts';
import type { FlowResult } from '../../shared/flow.ts';
import type { Suspect } from '../../shared/trace.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { altered, ending, fact, fromContainer, fromMac } from './altered-scene.ts';

const WEB = fromContainer('shop-web-1');
const BETWEEN = (f: FlowResult) => WEB(f) && f.to.container === 'shop-db-1';
const first = (scene: Scene) => diagnoseScene(scene).causes[0]?.id;

/** The VM's end of a container's link, and the one inside. */
function link(scene: Scene, name: string) {
  const { containers, namespaces } = fact(scene, 'containers');
  const id = fact(scene, 'docker').containers.find((c) => c.name === name)?.id;
  const inside = namespaces.find((n) => n.inode === containers.find((c) => c.id === id)?.netns);
  const end = inside?.interfaces.find((i) => i.name === 'eth0');
  const port = fact(scene, 'interfaces').find((i) => i.index === end?.peerIndex);
  if (!inside || !end || !port) throw new Error(`no link of ${name}`);
  return { inside, end, port };
}

describe('a port of the bridge', () => {
  const isolate = (names: string[]) =>
    altered('healthy-baseline', (s) => {
      ending(s, BETWEEN, 'unreachable', { detail: 'connect: No route to host' });
      for (const name of names) link(s, name).port.isolated = true;
    });

  it('that is isolated keeps from its like, and from nobody else', () => {
    expect(first(isolate(['shop-web-1', 'shop-db-1']))).toBe('bridge-port-isolated');
    expect(first(isolate(['shop-web-1']))).toBeUndefined();
  });

  it('that spanning tree holds back is named', () => {
    const scene = altered('healthy-baseline', (s) => {
      ending(s, WEB, 'timeout');
      link(s, 'shop-web-1').port.portState = 'listening';
    });
    expect(first(scene)).toBe('bridge-port-blocked');
  });

  it('that is disabled is named, unless its link or the whole bridge is down', () => {
    const scene = (change: (s: Scene, port: Interface) => unknown) =>
      altered('healthy-baseline', (s) => {
        ending(s, WEB, 'timeout');
        const { port } = link(s, 'shop-web-1');
        port.portState = 'disabled';
        change(s, port);
      });
    expect(first(scene(() => undefined))).toBe('bridge-port-blocked');
    expect(first(scene((_, port) => (port.carrier = false)))).not.toBe('bridge-port-blocked');
    const bridgeDown = scene((s, port) => {
      for (const i of fact(s, 'interfaces')) if (i.name === port.master) i.up = false;
    });
    expect(first(bridgeDown)).not.toBe('bridge-port-blocked');
  });

  it('without a VLAN is at fault only where the bridge looks at VLANs', () => {
    const scene = (filtering: boolean) =>
      altered('healthy-baseline', (s) => {
        ending(s, WEB, 'timeout');
        const { port } = link(s, 'shop-web-1');
        for (const i of fact(s, 'interfaces')) if (i.name === port.master) i.vlanFiltering = filtering;
        fact(s, 'bridges').vlans = [{ port: port.name, untagged: null }];
      });
    expect(first(scene(true))).toBe('bridge-port-without-vlan');
    expect(first(scene(false))).not.toBe('bridge-port-without-vlan');
  });

  it('is not where the bridge was told that the container is', () => {
    const scene = (name: string) =>
      altered('healthy-baseline', (s) => {
        ending(s, BETWEEN, 'timeout');
        const { port } = link(s, name);
        const { mac } = link(s, 'shop-db-1').end;
        fact(s, 'bridges').fixed = [{ mac, port: port.name, bridge: port.master ?? '', as: 'static' }];
      });
    expect(first(scene('shop-web-1'))).toBe('bridge-entry-wrong');
    expect(first(scene('shop-db-1'))).toBeUndefined();
  });
});

describe('an option of a port of the bridge', () => {
  const scene = (options: Partial<Interface>, entry: 'none' | 'learnt' | 'fixed' = 'none') =>
    altered('healthy-baseline', (s) => {
      ending(s, (f) => WEB(f) || f.to.container === 'shop-web-1', 'timeout');
      const { port, end } = link(s, 'shop-web-1');
      Object.assign(port, options);
      const known = fact(s, 'bridges');
      known.fixed = known.fixed.filter(({ mac }) => mac !== end.mac);
      known.learnt = known.learnt.filter(({ mac }) => mac !== end.mac);
      const at = { mac: end.mac, port: port.name, bridge: port.master ?? '' };
      if (entry === 'fixed') known.fixed.push({ ...at, as: 'static' });
      if (entry === 'learnt') known.learnt.push(at);
    });

  it('leaves it unknown where it neither learns nor floods, and nobody told the bridge', () => {
    const off = { learning: false, flood: false };
    expect(first(scene(off))).toBe('bridge-port-unknown');
    for (const entry of ['learnt', 'fixed'] as const)
      expect(first(scene(off, entry))).not.toBe('bridge-port-unknown');
    expect(first(scene({ flood: false }))).not.toBe('bridge-port-unknown');
    expect(first(scene({ learning: false }))).not.toBe('bridge-port-unknown');
  });

  it('locks out whom the bridge does not know', () => {
    const locked = { learning: false, locked: true };
    expect(first(scene(locked))).toBe('bridge-port-locked');
    expect(first(scene(locked, 'fixed'))).not.toBe('bridge-port-locked');
  });

  it('hides it from its neighbours, not from the VM', () => {
    const deaf = (from: (f: FlowResult) => boolean) =>
      altered('healthy-baseline', (s) => {
        ending(s, (f) => f.to.container === 'shop-db-1' && from(f), 'unreachable');
        link(s, 'shop-db-1').port.bcastFlood = false;
      });
    expect(first(deaf(WEB))).toBe('bridge-port-without-broadcast');
    expect(first(deaf((f) => f.from.where === 'guest'))).not.toBe('bridge-port-without-broadcast');
  });
});

describe('inside of a container', () => {
  it('an address that is gone is told from a route that is gone', () => {
    const scene = altered('healthy-baseline', (s) => {
      ending(s, WEB, 'unreachable', { detail: 'connect: Network is unreachable' });
      const { inside, end } = link(s, 'shop-web-1');
      end.addresses = [];
      inside.routes = [];
    });
    expect(first(scene)).toBe('container-address-lost');
    expect(first(readScene('container-no-default-route'))).toBe('container-no-default-route');
  });

  it('a loopback that is down costs it its name server', () => {
    const scene = altered('healthy-baseline', (s) => {
      ending(s, (f) => WEB(f) && f.to.host === '127.0.0.11', 'timeout');
      for (const i of link(s, 'shop-web-1').inside.interfaces) if (i.name === 'lo') i.up = false;
    });
    expect(first(scene)).toBe('container-loopback-down');
  });

  it('a TTL of one hop is told, a usual one is not', () => {
    const scene = (ttl: string) =>
      altered('healthy-baseline', (s) => {
        ending(s, (f) => WEB(f) && f.kind.startsWith('internet-'), 'unreachable');
        link(s, 'shop-web-1').inside.sysctls = { 'net.ipv4.ip_default_ttl': ttl };
      });
    expect(first(scene('1'))).toBe('container-ttl-low');
    expect(first(scene('64'))).not.toBe('container-ttl-low');
  });
});

describe('a forward that misses the published port', () => {
  const scene = (published: { hostPort: number; proto: 'tcp' | 'udp' }) =>
    altered('port-not-published', (s) => {
      for (const c of fact(s, 'docker').containers)
        if (c.name === 'shop-web-1') {
          c.wantedPorts = [{ hostIp: '', port: 80, ...published }];
          c.exposedPorts = [];
        }
    });

  it('is told with the number that is published, or as UDP', () => {
    expect(first(scene({ hostPort: 8081, proto: 'tcp' }))).toBe('port-published-elsewhere');
    expect(first(scene({ hostPort: 8080, proto: 'udp' }))).toBe('port-published-for-udp');
    expect(first(readScene('port-not-published'))).toBe('port-not-published');
  });

  it('is no fault of a machine on which nobody came by that forward', () => {
    const quiet = altered('port-not-published', (s) => {
      s.flows = s.flows.filter((f) => !fromMac(f));
    });
    expect(first(quiet)).toBeUndefined();
  });
});

describe('names as programs find them', () => {
  const guest = { where: 'guest' } as const;
  const asked = (kind: string, said: Partial<FlowResult>): FlowResult => ({
    id: `guest→${kind}:x`,
    kind,
    from: guest,
    to: { what: 'internet-name', proto: 'udp', host: 'example.com', port: 0, label: 'x' },
    outcome: kind === 'program-name' ? 'name-not-found' : 'timeout',
    ms: 1,
    detail: '',
    ...said,
  });
  const scene = (flow: FlowResult, hosts: string) =>
    altered('healthy-baseline', (s) => {
      s.flows = [...s.flows, flow];
      fact(s, 'resolver').nsswitchHosts = hosts;
    });

  it('are not asked of name servers where nsswitch.conf does not say so', () => {
    expect(first(scene(asked('program-name', { saying: 'no-address' }), 'files'))).toBe(
      'nsswitch-without-dns',
    );
    expect(first(scene(asked('program-name', { saying: 'no-address' }), 'files dns'))).toBeUndefined();
  });

  it('are captured by a search domain that knows every name, and by no other', () => {
    const captured = asked('searched-name', { resolved: '192.0.2.9' });
    expect(first(scene(captured, 'files dns'))).toBe('search-domain-captures');
    expect(first(scene(asked('searched-name', { detail: 'NXDOMAIN' }), 'files dns'))).toBeUndefined();
  });

  it('lead to a neighbour, and not to whom a search domain says', () => {
    const db = (resolved?: string) => {
      const flow = asked('searched-mate', resolved ? { resolved } : { detail: 'NXDOMAIN' });
      const behind = { host: '172.18.0.3', port: 5432 };
      return scene({ ...flow, to: { ...flow.to, container: 'shop-db-1', behind } }, 'files dns');
    };
    expect(first(db('192.0.2.9'))).toBe('search-domain-captures');
    expect(first(db('172.18.0.3'))).toBeUndefined();
    expect(first(db())).toBeUndefined();
  });
});

describe('a filter at a device', () => {
  /** As nft 1.0.6 printed it. */
  const TEXT = `table netdev early { # handle 1
	chain in { # handle 1
		type filter hook ingress device "d0" priority filter; policy accept;
		meta protocol ip counter packets 0 bytes 0 drop # handle 3
	}

	chain two { # handle 2
		type filter hook ingress devices = { d0, d1 } priority filter; policy accept;
	}
}`;

  it('is known by the device that nft’s JSON leaves out', () => {
    expect([...readChainDevices(TEXT)]).toEqual([
      ['netdev early in', ['d0']],
      ['netdev early two', ['d0', 'd1']],
    ]);
  });

  const scene = (device: string, right: string) =>
    altered('healthy-baseline', (s) => {
      ending(s, (f) => WEB(f) || f.to.container === 'shop-web-1', 'timeout');
      const rule = {
        family: 'netdev',
        table: 'early',
        chain: 'in',
        handle: 3,
        position: 1,
        expr: [
          { match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right } },
          { drop: null },
        ],
        text: `ip saddr ${right} drop`,
        comment: null,
      } as const;
      fact(s, 'ruleset').chains.push({
        family: 'netdev',
        table: 'early',
        name: 'in',
        handle: 1,
        base: {
          type: 'filter',
          hook: 'ingress',
          priority: 0,
          policy: 'accept',
          devices: [device === 'web' ? link(s, 'shop-web-1').port.name : device],
        },
        rules: [{ ...rule, expr: [...rule.expr] }],
      });
    });

  it('is named where the failing flows pass it, and not for other addresses or devices', () => {
    const ip = fact(readScene('healthy-baseline'), 'docker')
      .containers.find((c) => c.name === 'shop-web-1')
      ?.attachments.find((a) => a.ip)?.ip;
    expect(first(scene('web', ip ?? ''))).toBe('device-filter-drop');
    expect(first(scene('web', '198.51.100.7'))).toBeUndefined();
    expect(first(scene('docker0', ip ?? ''))).toBeUndefined();
  });
});

describe('the kernel’s own word', () => {
  it('is told of flows that nobody else explains, and only of those', () => {
    const bare = altered('ipt-ttl-set-1', (s) => {
      s.journeys = s.journeys.map((j) => ({ ...j, stops: [] }));
    });
    expect(first(bare)).toBe('kernel-drop');
    const ids = diagnoseScene(readScene('ipt-ttl-set-1')).causes.map(({ id }) => id);
    expect(ids).toEqual(['ttl-runs-out']);
  });
});

describe('routes as a VPN sets them', () => {
  /** What iproute2 6.1 prints for the rules that wg-quick makes. */
  const rules = parseRules(
    [
      { priority: 0, src: 'all', table: 'local' },
      { priority: 32764, src: 'all', table: 'main', suppress_prefixlen: 0 },
      { priority: 32765, not: null, src: 'all', fwmark: '0xca6c', table: '51820' },
      { priority: 32766, src: 'all', table: 'main' },
    ],
    4,
  );
  const routes = parseRoutes([
    { type: 'unicast', dst: 'default', gateway: '10.0.2.2', dev: 'ens3' },
    { type: 'unicast', dst: '10.0.2.0/24', dev: 'ens3', protocol: 'kernel', scope: 'link' },
    { type: 'unicast', dst: 'default', dev: 'wg0', table: '51820' },
  ]);
  const way = (destination: string) =>
    lookUp({ routes, rules }, { source: undefined, destination, iif: 'lo' })?.route.dev;

  it('lead everything unmarked into the tunnel but what the main table knows better than by default', () => {
    expect(way('1.1.1.1')).toBe('wg0');
    expect(way('10.0.2.3')).toBe('ens3');
  });
});

describe('an XDP program', () => {
  /** As where tc drops what the web container sends, but by a program at the same port. */
  const loaded = (word: { reason?: string; function?: string } | undefined) =>
    altered('tc-ingress-police', (s) => {
      const [filter] = fact(s, 'tc').ingress.splice(0);
      for (const i of fact(s, 'interfaces')) if (i.name === filter?.dev) i.xdp = 12;
      s.journeys = s.journeys.map((j) => {
        const { drop, ...rest } = j;
        if (!drop || !word) return rest;
        const { reason: _, function: __, ...where } = drop;
        return { ...rest, drop: { ...where, ...word } };
      });
    });

  it('is named by the kernel’s reason, and by its function where XDP runs in the driver', () => {
    for (const word of [{ reason: 'XDP' }, { function: 'veth_xdp_rcv_skb' }]) {
      const [cause] = diagnoseScene(loaded(word)).causes;
      expect(cause?.id).toBe('device-filter-drop');
      expect(cause?.title).toMatchObject({ en: expect.stringMatching(/veth\w+ .*XDP program 12$/) });
      expect(cause?.fixes[0]?.applies).toBe('told');
    }
  });

  it('is named where it alone stands before the first place of the tracer, and that saw nothing', () => {
    const alone = (chains: Suspect[]) => {
      const scene = loaded(undefined);
      const device = fact(scene, 'interfaces').find(({ xdp }) => xdp === 12)?.name ?? '';
      const filters = [{ device, text: 'XDP program 12' }];
      for (const j of scene.journeys)
        j.unseen = { since: { hook: 'prerouting' }, device, chains, inside: [], filters };
      return diagnoseScene(scene).causes.map(({ id }) => id);
    };
    expect(alone([])).toContain('device-filter-drop');
    const chain = { family: 'netdev', table: 't', chain: 'c', hook: 'ingress', priority: 0 } as const;
    expect(alone([chain])).not.toContain('device-filter-drop');
  });

  it('is not blamed without the kernel’s word: nobody can read what it does', () => {
    expect(diagnoseScene(loaded(undefined)).causes.map(({ id }) => id)).not.toContain('device-filter-drop');
  });
});

describe('a filter of tc where packets come in', () => {
  /** As Linux 5.10 tells it: no reason, only the function (seen on Debian 11). */
  const old = (change: (scene: Scene) => void = () => undefined) =>
    altered('tc-ingress-police', (s) => {
      for (const journey of s.journeys) {
        if (!journey.drop) continue;
        const { reason: _, ...drop } = journey.drop;
        journey.drop = { ...drop, function: '__netif_receive_skb_core' };
      }
      change(s);
    });

  it('is found where the kernel gives no reasons', () => {
    expect(first(old())).toBe('tc-ingress-drop');
  });

  it('is not blamed for what ends at another device', () => {
    const elsewhere = old((s) => {
      for (const filter of fact(s, 'tc').ingress) filter.dev = 'dummy0';
    });
    expect(diagnoseScene(elsewhere).causes.map(({ id }) => id)).not.toContain('tc-ingress-drop');
  });
});

describe('a policy rule that bars', () => {
  // iproute2 6.1.0 after `ip rule add from 172.18.0.0/16 prohibit pref 100`
  const RULES = [
    { priority: 0, src: 'all', table: 'local' },
    { priority: 100, src: '172.18.0.0', srclen: 16, action: 'prohibit' },
    { priority: 32766, src: 'all', table: 'main' },
  ];
  const barred = (rules: unknown) =>
    altered('healthy-baseline', (s) => {
      ending(s, (f) => WEB(f) && f.kind.startsWith('internet-'), 'prohibited');
      fact(s, 'routes').rules = parseRules(rules, 4);
    });

  it('is named, though it leads to no table', () => {
    const [cause] = diagnoseScene(barred(RULES)).causes;
    expect(cause?.id).toBe('policy-route-barred');
    expect(cause?.title).toMatchObject({ en: expect.stringContaining('from 172.18.0.0/16 prohibit') });
    expect(cause?.fixes[0]?.commands).toEqual(['ip rule del from 172.18.0.0/16 prohibit priority 100']);
  });

  it('bars nobody else', () => {
    const elsewhere = RULES.map((rule) => (rule.priority === 100 ? { ...rule, src: '172.31.0.0' } : rule));
    expect(first(barred(elsewhere))).not.toBe('policy-route-barred');
  });
});

describe('a policy rule inside a container', () => {
  it('that bars is deleted as a rule', () => {
    const scene = altered('container-route-barred', (s) => {
      const { inside } = link(s, 'shop-web-1');
      inside.routes = inside.routes.filter(({ type }) => type === 'unicast');
      inside.rules = parseRules([{ priority: 50, src: 'all', action: 'prohibit' }], 4);
    });
    const [cause] = diagnoseScene(scene).causes;
    expect(cause?.id).toBe('container-route-barred');
    expect(cause?.fixes[0]?.commands[0]).toMatch(
      /^nsenter -t \d+ -n ip rule del from all prohibit priority 50$/,
    );
  });
});

describe('a network whose masquerading is switched off', () => {
  const OPTION = 'com.docker.network.bridge.enable_ip_masquerade';
  const set = (value: string) =>
    altered('ipt-masquerade-missing', (s) => {
      for (const network of fact(s, 'docker').networks) network.options[OPTION] = value;
    });

  it('is told from a rule that got lost, and not given one behind its back', () => {
    const [cause] = diagnoseScene(set('false')).causes;
    expect(cause?.id).toBe('docker-masquerade-off');
    expect(cause?.fixes.map(({ applies }) => applies)).toEqual(['told']);
    expect(first(set('true'))).toBe('masquerade-missing');
  });
});

describe('a container that shares the network of another one', () => {
  /** shop-web-1 was to share the network of shop-db-1, and has the interfaces of the first or of its own namespace. */
  const sharing = (change: (s: Scene) => unknown) =>
    altered('healthy-baseline', (s) => {
      ending(s, WEB, 'unreachable', { detail: 'connect: Network is unreachable' });
      const { containers } = fact(s, 'docker');
      const db = containers.find(({ name }) => name === 'shop-db-1');
      const web = containers.find(({ name }) => name === 'shop-web-1');
      if (!db || !web) throw new Error('no such containers');
      Object.assign(web, { networkMode: `container:${db.id}`, attachments: [] });
      const { inside } = link(s, 'shop-web-1');
      inside.interfaces = inside.interfaces.filter(({ name }) => name === 'lo');
      change(s);
    });

  it('is left in the old one where that was started again', () => {
    expect(first(sharing(() => undefined))).toBe('shared-network-gone');
  });

  it('… or has ended, or is there no more', () => {
    const all = (s: Scene) => fact(s, 'docker').containers;
    const ended = sharing((s) => {
      for (const c of all(s)) if (c.name === 'shop-db-1') c.state = 'exited';
    });
    expect(first(ended)).toBe('shared-network-gone');
    const removed = sharing((s) => {
      fact(s, 'docker').containers = all(s).filter(({ name }) => name !== 'shop-db-1');
    });
    expect(first(removed)).toBe('shared-network-gone');
  });

  it('… and is not where it has the same, or has links', () => {
    const same = sharing((s) => {
      const { containers } = fact(s, 'containers');
      const { containers: known } = fact(s, 'docker');
      const of = (name: string) => containers.find(({ id }) => id === known.find((c) => c.name === name)?.id);
      const [web, db] = [of('shop-web-1'), of('shop-db-1')];
      if (web && db) web.netns = db.netns;
    });
    expect(first(same)).not.toBe('shared-network-gone');
  });
});

describe('an IPsec policy', () => {
  const policy = (more: object = {}) => ({
    src: '172.18.0.0/16',
    dst: '0.0.0.0/0',
    more: '',
    dir: 'fwd' as const,
    action: 'block' as const,
    priority: 10,
    templates: [],
    ...more,
  });
  const out = (f: FlowResult) => WEB(f) && f.kind === 'internet-ip';
  const scene = (...policies: ReturnType<typeof policy>[]) =>
    altered('healthy-baseline', (s) => {
      ending(s, out, 'timeout');
      fact(s, 'ipsec').push(...policies);
    });

  it('that blocks is named where the failing flow fits it, there or back', () => {
    expect(first(scene(policy()))).toBe('ipsec-policy-blocks');
    expect(first(scene(policy({ src: '0.0.0.0/0', dst: '172.18.0.0/16', dir: 'in' })))).toBe(
      'ipsec-policy-blocks',
    );
    expect(first(scene(policy({ more: 'proto tcp dport 80' })))).toBe('ipsec-policy-blocks');
  });

  it('for other addresses, other ports, or behind one that lets pass is not to blame', () => {
    for (const other of [
      [policy({ src: '172.17.0.0/16' })],
      [policy({ more: 'proto tcp dport 443' })],
      [policy({ more: 'uid 1000' })],
      [policy({ action: 'allow', priority: 1 }), policy()],
    ])
      expect(first(scene(...other))).not.toBe('ipsec-policy-blocks');
  });

  it('that wants a tunnel is to blame only where the kernel says so', () => {
    const tunnel = policy({ action: 'allow', dir: 'out', templates: ['src 10.0.2.15 dst 198.51.100.7'] });
    expect(first(scene(tunnel))).not.toBe('ipsec-tunnel-missing');
    const told = scene(tunnel);
    const flow = told.bad.find(out);
    if (!flow) throw new Error('no flow');
    const drop = { reason: 'XFRM_POLICY', packets: 3, tries: 3 };
    const packet = { src: '172.18.0.2', dst: flow.to.host, proto: 'tcp' };
    const journey = {
      id: 'j',
      flowId: flow.id,
      direction: 'request',
      packet,
      stops: [],
      end: 'lost',
      drop,
    } as const;
    expect(first({ ...told, journeys: [journey as unknown as Scene['journeys'][number]] })).toBe(
      'ipsec-tunnel-missing',
    );
  });
});

describe('two containers with one hardware address', () => {
  const twins = (change: (s: Scene) => unknown) =>
    altered('healthy-baseline', (s) => {
      ending(s, BETWEEN, 'unreachable', { detail: 'connect: No route to host' });
      link(s, 'shop-web-1').end.mac = link(s, 'shop-db-1').end.mac;
      change(s);
    });

  it('are named, and not taken for one without a link', () => {
    expect(first(twins(() => undefined))).toBe('container-mac-twice');
  });

  it('are not to blame on two networks, nor where neither is concerned', () => {
    const apart = twins((s) => {
      for (const { name, attachments } of fact(s, 'docker').containers)
        if (name === 'shop-db-1') for (const a of attachments) a.network = 'other';
    });
    expect(first(apart)).not.toBe('container-mac-twice');
    const others = altered('healthy-baseline', (s) => {
      ending(s, fromContainer('box2'), 'timeout');
      link(s, 'shop-web-1').end.mac = link(s, 'shop-db-1').end.mac;
    });
    expect(first(others)).not.toBe('container-mac-twice');
  });
});

describe('a bridge with a master', () => {
  const scene = (kind: string) =>
    altered('healthy-baseline', (s) => {
      ending(s, (f) => fromContainer('box2')(f) && f.kind === 'internet-ip', 'timeout');
      const all = fact(s, 'interfaces');
      const docker0 = all.find(({ name }) => name === 'docker0');
      if (!docker0) throw new Error('no docker0');
      all.push({ ...docker0, name: 'blue', index: 99, kind, master: null, addresses: [] });
      docker0.master = 'blue';
    });

  it('is cut off where that is a VRF, and where it is none it is not', () => {
    expect(first(scene('vrf'))).toBe('bridge-in-vrf');
    expect(first(scene('team'))).not.toBe('bridge-in-vrf');
  });
});
