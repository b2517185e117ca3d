import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { namespaceOf } from '../../electron/probe/containers.ts';
import type { FlowResult } from '../../shared/flow.ts';
import type { NatDns } from '../../shared/nat-dns.ts';
import { altered, container, ending, fact, fromContainer, fromGuest, fromMac } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);
const web = fromContainer('shop-web-1');

function nic(scene: Scene) {
  const found = fact(scene, 'interfaces').find((i) => i.kind === '' && i.name !== 'lo');
  if (!found) throw new Error('no adapter');
  return found;
}

describe('adapter-down', () => {
  it.each([
    ['adapter-unplugged', { carrier: false, state: 'DOWN' }],
    ['adapter-off', { up: false, carrier: false, state: 'DOWN', flags: ['BROADCAST'] }],
    ['adapter-without-address', { addresses: [] }],
  ])('%s: %j', (cause, change) => {
    const scene = altered('route-default-missing', (s) => Object.assign(nic(s), change));
    expect(ids(scene)[0]).toBe(cause);
  });

  it('is not to blame while it is plugged in and has its address, nor while there is a default route', () => {
    expect(ids(altered('route-default-missing', () => {}))[0]).toBe('guest-no-default-route');
    const spare = altered('host-offline', (s) => {
      fact(s, 'interfaces').push({ ...nic(s), index: 99, name: 'ens9', carrier: false, addresses: [] });
    });
    expect(ids(spare)[0]).toBe('machine-offline');
  });
});

describe('nat-dns-dead', () => {
  const says = (...natDns: NatDns[]) =>
    diagnoseScene({ ...altered('host-nat-dns-dead', () => {}), natDns }).causes[0]?.says.en;

  it.each([
    [{ proxy: false, hostResolver: true }, /have --natdnshostresolver2 on already/],
    [{ proxy: true, hostResolver: true }, /have --natdnshostresolver2 on already/],
    [
      { proxy: true, hostResolver: false },
      /have --natdnsproxy2 on\. .*modifyvm NAME --natdnsproxy2 off --natdnshostresolver2 on \(with the VM off\)/,
    ],
    [
      { proxy: false, hostResolver: false },
      /have --natdnsproxy2 off, --natdnshostresolver2 off\. .*modifyvm NAME --natdnshostresolver2 on \(with/,
    ],
  ])('says which mode VirtualBox’s NAT has, and what to change (%j)', (mode, wanted) => {
    expect(says({ slot: 2, ...mode })).toMatch(wanted);
  });

  it('says none where it is unknown, or would have to guess between adapters', () => {
    const guess = says();
    expect(guess).toMatch(/Up to VirtualBox 7\.0, modifyvm NAME --natdnshostresolver1 on/);
    const mode = { proxy: true, hostResolver: true };
    expect(says({ slot: 1, ...mode }, { slot: 2, ...mode })).toBe(guess);
  });
});

describe('dns-one-way', () => {
  const dns = (proto: string) => (f: Scene['flows'][number]) =>
    f.to.proto === proto && (f.kind === 'dns-server' || (f.to.port === 53 && f.kind === 'internet-ip'));

  it('only UDP is silent: the server lives', () => {
    const scene = altered('host-nat-dns-dead', (s) =>
      ending(s, dns('tcp'), 'ok', { detail: '203.0.113.10' }),
    );
    expect(ids(scene)[0]).toBe('dns-udp-blocked');
  });

  it('both are silent: the server is dead', () => {
    expect(ids(altered('host-nat-dns-dead', () => {}))).not.toContain('dns-udp-blocked');
  });

  it('a rule was seen to drop it: the rule is to blame', () => {
    expect(ids(altered('ipt-udp53-blocked', () => {}))).toEqual(['netfilter-drop']);
  });

  it('only TCP is silent', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(s, (f) => f.kind === 'dns-server' && f.to.proto === 'tcp' && fromGuest(f), 'timeout'),
    );
    expect(ids(scene)).toEqual(['dns-tcp-blocked']);
  });

  it('no TCP gets out at all: it is not about name servers', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(
        s,
        (f) => f.to.proto === 'tcp' && fromGuest(f) && /^(dns-server|internet-)/.test(f.kind),
        'timeout',
      ),
    );
    expect(ids(scene)).not.toContain('dns-tcp-blocked');
  });
});

describe('name-answers', () => {
  const byName = (f: Scene['flows'][number]) => f.kind === 'internet-name';

  it('no IPv4 address, wherever it is asked', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(s, byName, 'name-not-found', { saying: 'no-address' }),
    );
    expect(ids(scene)).toEqual(['name-without-ipv4']);
  });

  it('so it is with every name: the name servers live, for they say so', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(s, (f) => byName(f) || f.kind === 'dns-server', 'name-not-found', { saying: 'no-address' }),
    );
    expect(ids(scene)).toEqual(['name-without-ipv4']);
  });

  it('unknown in one container, known in the VM', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(s, (f) => byName(f) && web(f), 'name-not-found', { detail: 'NXDOMAIN' }),
    );
    expect(ids(scene)).toEqual(['name-unknown-here']);
    const servers = altered('healthy-baseline', (s) =>
      ending(s, (f) => (byName(f) || f.kind === 'dns-server') && web(f), 'name-not-found', {
        detail: 'NXDOMAIN',
      }),
    );
    expect(ids(servers)).toEqual(['name-unknown-here']);
  });

  it('unknown everywhere: a name that does not exist is nobody’s fault', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(s, byName, 'name-not-found', { detail: 'NXDOMAIN' }),
    );
    expect(ids(scene)).toEqual([]);
  });
});

describe('dead-forward', () => {
  const HEALTHY = 'healthy-rule-after-accept';

  it.each([
    ['forward-not-listening', 'refused' as const],
    ['forward-wrong-guest-address', 'timeout' as const],
  ])('%s: works in the VM, and from the Mac %s', (cause, outcome) => {
    expect(ids(altered(HEALTHY, (s) => ending(s, fromMac, outcome)))).toEqual([cause]);
  });

  it('its packets came in: then the forward works', () => {
    expect(ids(altered('ipt-forward-flushed-policy-drop', () => {}))).not.toContain(
      'forward-wrong-guest-address',
    );
    const seen = altered(HEALTHY, (s) => {
      ending(s, fromMac, 'timeout');
      const flow = s.flows.find(fromMac);
      const [journey] = altered('tc-ingress-police', () => {}).journeys;
      if (flow && journey) s.journeys = [{ ...journey, flowId: flow.id, end: 'lost' }];
    });
    expect(ids(seen)).not.toContain('forward-wrong-guest-address');
  });

  it('it fails in the VM, too: the forward is not to blame', () => {
    expect(ids(altered('container-stopped', () => {}))[0]).toBe('container-not-running');
  });
});

describe('container-state', () => {
  it.each([
    ['restarting', 'container-restarting'],
    ['paused', 'container-paused'],
    ['exited', 'container-not-running'],
  ])('%s: %s', (state, cause) => {
    const scene = altered('container-stopped', (s) => Object.assign(container(s, 'shop-web-1'), { state }));
    expect(ids(scene)).toEqual([cause]);
  });

  it.each([
    ['as a start failed under load', { restarts: 3, exitCode: 1, meantToRun: true }, 'container-restarting'],
    ['as somebody stopped it', { restarts: 3, exitCode: 143, meantToRun: true }, 'container-not-running'],
    [
      'as it never was started again',
      { restarts: 0, exitCode: 1, meantToRun: true },
      'container-not-running',
    ],
    [
      'as Docker is not to keep it up',
      { restarts: 3, exitCode: 1, meantToRun: false },
      'container-not-running',
    ],
  ])('exited, %s', (_, how, cause) => {
    const scene = altered('container-stopped', (s) => Object.assign(container(s, 'shop-web-1'), how));
    expect(ids(scene)).toEqual([cause]);
  });

  it.each([
    ['ended half a minute ago', 30, 2, ['container-restarting']],
    ['has run for long', 300, 2, ['nothing-listens']],
    ['was started by hand', 30, 0, ['nothing-listens']],
  ])('running: one that %s', (_, age, restarts, causes) => {
    const scene = altered('container-nothing-listens', (s) => {
      const { clock } = fact(s, 'system');
      const startedAt = new Date(((clock ?? 0) - age) * 1000).toISOString();
      Object.assign(container(s, 'shop-web-1'), { restarts, startedAt });
    });
    expect(ids(scene)).toEqual(causes);
  });

  it('a full disk is to blame where it keeps Docker from starting it, and only then', () => {
    const full = (s: Scene) =>
      Object.assign(fact(s, 'system').disks[0] ?? {}, { freeKiB: 0, usedPercent: 100 });
    expect(ids(altered('container-stopped', full))).toEqual(['disk-full']);
    expect(ids(altered('healthy-baseline', full))).toEqual([]);
    expect(ids(altered('ipt-docker-user-drop', full))).toEqual(['docker-user-drop']);
  });
});

describe('dead-proxy', () => {
  const proxied = (from: 'guest' | 'container', outcome: 'refused' | 'timeout' | 'ok') =>
    altered('healthy-baseline', (s) => {
      const at = s.flows.find((f) => (from === 'guest' ? fromGuest(f) : web(f)) && f.kind === 'internet-ip');
      if (!at) throw new Error('no flow');
      fact(s, 'docker').proxyEnv = { HTTPS_PROXY: 'http://10.0.2.2:3128' };
      container(s, 'shop-web-1').proxyEnv = { http_proxy: 'http://10.0.2.2:3128' };
      const to = { ...at.to, host: '10.0.2.2', port: 3128, label: '10.0.2.2:3128' };
      s.flows = [...s.flows, { ...at, id: 'proxy', kind: 'proxy', to, outcome }];
    });

  it('of Docker itself, of a container, and one that answers', () => {
    expect(ids(proxied('guest', 'refused'))).toEqual(['daemon-proxy-dead']);
    expect(ids(proxied('container', 'timeout'))).toEqual(['container-proxy-dead']);
    expect(ids(proxied('container', 'ok'))).toEqual([]);
  });

  it('its silence says nothing where nothing outside answers', () => {
    const cut = proxied('container', 'timeout');
    const offline = {
      ...cut,
      flows: cut.flows.map((f) => (f.kind === 'internet-ip' ? { ...f, outcome: 'timeout' as const } : f)),
    };
    expect(ids({ ...offline, bad: offline.flows.filter((f) => f.outcome === 'timeout') })).not.toContain(
      'container-proxy-dead',
    );
  });
});

describe('bridge-netfilter', () => {
  const turned = (nf: string) =>
    altered('healthy-baseline', (s) => {
      fact(s, 'docker').daemonJson = { text: '', error: null, value: { 'userland-proxy': false } };
      fact(s, 'sysctls')['net.bridge.bridge-nf-call-iptables'] = nf;
      const at = s.flows.find((f) => f.kind === 'published-port' && fromGuest(f));
      const from = s.flows.find(fromContainer('shop-web-1'))?.from;
      if (!at || !from) throw new Error('no flow');
      s.flows = [...s.flows, { ...at, id: 'hairpin', kind: 'hairpin', from, outcome: 'timeout' }];
    });

  it('bridge-nf-call-iptables is off, and without docker-proxy nothing translates the answer', () => {
    expect(ids(turned('0'))).toEqual(['bridge-netfilter-off']);
    expect(ids(turned('1'))).not.toContain('bridge-netfilter-off');
  });
});

describe('loopback-routing', () => {
  const local = (setting: string, proxy: boolean) =>
    altered('healthy-baseline', (s) => {
      const bridge = fact(s, 'docker').networks.find((n) => n.name === 'shop_default')?.bridge ?? '';
      fact(s, 'sysctls')[`net.ipv4.conf.${bridge}.route_localnet`] = setting;
      if (!proxy) {
        const all = fact(s, 'listeners');
        all.splice(0, all.length, ...all.filter((l) => l.port !== 8080));
      }
      const published = s.flows.filter((f) => f.kind === 'published-port' && fromGuest(f));
      const one = published.find(({ to }) => to.host === '127.0.0.1') ?? published[0];
      s.flows = s.flows.map((f) =>
        f === one ? { ...f, outcome: 'timeout', to: { ...f.to, host: '127.0.0.1' } } : f,
      );
    });

  it('route_localnet is off; is on; there is a proxy', () => {
    expect(ids(local('0', false))).toEqual(['route-localnet-off']);
    expect(ids(local('1', false))).not.toContain('route-localnet-off');
    expect(ids(local('0', true))).not.toContain('route-localnet-off');
  });
});

describe('container-link', () => {
  it('gone altogether, where its other end was not in the bridge', () => {
    const scene = altered('veth-not-in-bridge', (s) => {
      for (const inside of fact(s, 'containers').namespaces)
        if (inside.interfaces.some((i) => i.mac === container(s, 'shop-web-1').attachments[0]?.mac))
          inside.interfaces = inside.interfaces.filter((i) => i.name === 'lo');
    });
    expect(ids(scene)[0]).toBe('container-link-missing');
    expect(ids(altered('veth-not-in-bridge', () => {}))[0]).toBe('veth-not-in-bridge');
  });

  it.each(['inside', 'outside'])('switched off %s', (side) => {
    const scene = altered('veth-not-in-bridge', (s) => {
      const mac = container(s, 'shop-web-1').attachments[0]?.mac;
      const links = fact(s, 'containers').namespaces.flatMap((n) => n.interfaces);
      const end = links.find((i) => i.mac === mac);
      const port = fact(s, 'interfaces').find((i) => i.index === end?.peerIndex);
      const bridge = fact(s, 'docker').networks.find((n) => n.name === 'shop_default')?.bridge ?? null;
      if (port) port.master = bridge;
      Object.assign((side === 'inside' ? end : port) ?? {}, { up: false });
    });
    expect(ids(scene)[0]).toBe('veth-down');
  });
});

describe('mtu-black-hole', () => {
  const byName = (f: Scene['flows'][number]) => f.kind === 'internet-name';
  const narrow = (s: Scene) => Object.assign(nic(s), { mtu: 1400 });

  it('the bridge counts on more than the adapter takes: an MTU black hole', () => {
    const scene = altered('healthy-baseline', (s) => {
      narrow(s);
      ending(s, (f) => byName(f) && web(f), 'timeout', { resolved: '203.0.113.10', saying: 'silent' });
    });
    expect(ids(scene)).toEqual(['mtu-black-hole']);
  });

  it('all of them stop halfway, whatever the sizes', () => {
    expect(ids(altered('healthy-baseline', (s) => ending(s, byName, 'stalls-when-large')))).toEqual([
      'mtu-black-hole',
    ]);
  });

  it('one does, and others come through: a slow guest or server', () => {
    const one = altered('healthy-baseline', (s) =>
      ending(s, (f) => byName(f) && web(f), 'stalls-when-large'),
    );
    expect(ids(one)).toEqual([]);
    const silent = altered('healthy-baseline', (s) =>
      ending(s, byName, 'timeout', { resolved: '203.0.113.10', saying: 'silent' }),
    );
    expect(ids(silent)).toEqual([]);
  });

  it('the sizes alone are no cause', () => {
    expect(ids(altered('healthy-baseline', narrow))).toEqual([]);
  });
});

describe('bridge-address', () => {
  const without = (s: Scene) => {
    const name = fact(s, 'docker').networks.find((n) => n.name === 'shop_default')?.bridge;
    const bridge = fact(s, 'interfaces').find((i) => i.name === name);
    if (bridge) bridge.addresses = bridge.addresses.filter((a) => a.family === 6);
  };

  it('the bridge has lost its address and its containers get nowhere', () => {
    const scene = altered('healthy-baseline', (s) => {
      without(s);
      ending(s, (f) => web(f) && f.kind.startsWith('internet-'), 'unreachable');
    });
    expect(ids(scene)).toEqual(['bridge-without-address']);
  });

  it('not where it has it, where all works, or where a network was made without one', () => {
    const cut = (s: Scene) => ending(s, (f) => web(f) && f.kind.startsWith('internet-'), 'unreachable');
    expect(ids(altered('healthy-baseline', cut))).toEqual([]);
    expect(ids(altered('healthy-baseline', without))).toEqual([]);
    const meant = altered('healthy-baseline', (s) => {
      without(s);
      cut(s);
      for (const network of fact(s, 'docker').networks)
        network.options['com.docker.network.bridge.inhibit_ipv4'] = 'true';
    });
    expect(ids(meant)).toEqual([]);
  });
});

describe('container-routes', () => {
  const routes = (s: Scene) => {
    const id = container(s, 'shop-web-1').id;
    const all = fact(s, 'containers');
    const inside = all.namespaces.find((n) => n.inode === all.containers.find((c) => c.id === id)?.netns);
    const way = inside?.routes.find((r) => r.dst === '0.0.0.0/0');
    if (!inside || !way) throw new Error('no default route');
    return { inside, way };
  };
  const outwards = (f: Scene['flows'][number]) => web(f) && f.kind.startsWith('internet-');

  it('the default leads to somebody else than the network’s gateway, and nothing is reached', () => {
    const scene = altered('healthy-baseline', (s) => {
      routes(s).way.gateway = '172.18.0.99';
      ending(s, outwards, 'unreachable');
    });
    expect(ids(scene)).toEqual(['container-wrong-gateway']);
  });

  it('another router that works is nobody’s fault', () => {
    const scene = altered('healthy-baseline', (s) => {
      routes(s).way.gateway = '172.18.0.99';
      ending(s, (f) => web(f) && f.kind === 'container-ip', 'timeout');
    });
    expect(ids(scene)).toEqual([]);
  });

  it('its own route leads into a tunnel, and only one that does not deliver', () => {
    const dead = altered('container-vpn-dead', () => {});
    expect(ids(dead)).toEqual(['container-route-captures']);
    const delivers = altered('container-vpn-dead', (s) => {
      const outside = (f: FlowResult) => f.from.where === 'container' && f.from.name === 'box1';
      ending(s, (f) => outside(f) && f.kind === 'internet-ip' && f.to.host === '1.1.1.1', 'ok');
    });
    expect(ids(delivers)).not.toContain('container-route-captures');
  });

  it('a route of its own bars the way, and only what goes there', () => {
    const bar = (s: Scene, dst: string) => {
      const { inside, way } = routes(s);
      inside.routes.push({ ...way, type: 'unreachable', dst, gateway: null, dev: null, hops: [] });
    };
    const hit = altered('healthy-baseline', (s) => {
      bar(s, '1.1.1.0/24');
      ending(s, (f) => web(f) && f.to.host === '1.1.1.1' && f.kind === 'internet-ip', 'unreachable');
    });
    expect(ids(hit)).toEqual(['container-route-barred']);
    const other = altered('healthy-baseline', (s) => {
      bar(s, '192.0.2.0/24');
      ending(s, (f) => web(f) && f.to.host === '1.1.1.1' && f.kind === 'internet-ip', 'unreachable');
    });
    expect(ids(other)).toEqual([]);
  });
});

describe('embedded-dns', () => {
  const dns = (f: Scene['flows'][number]) =>
    web(f) && (f.to.host === '127.0.0.11' || f.kind === 'internet-name');

  it('the kernel refuses at port 53 although Docker listens: the rules that lead there are gone', () => {
    const scene = altered('healthy-baseline', (s) =>
      ending(s, dns, 'refused', { detail: "error reading 'standard input': Connection refused" }),
    );
    const [cause] = diagnoseScene(scene).causes;
    expect(cause?.id).toBe('embedded-dns-unreachable');
    expect(cause?.says.en).toContain('DOCKER_OUTPUT');
  });

  it('it answers for neighbours only: those that it asks are dead, and who named them', () => {
    const scene = altered('healthy-baseline', (s) => {
      container(s, 'shop-web-1').dns = ['192.0.2.53'];
      ending(s, dns, 'timeout');
    });
    const [cause] = diagnoseScene(scene).causes;
    expect(cause?.id).toBe('embedded-dns-upstream-dead');
    expect(cause?.title.en).toContain('192.0.2.53');
  });

  it('nobody answers the VM either: then it is the VM’s', () => {
    expect(ids(altered('host-nat-dns-dead', () => {}))).toEqual(['nat-dns-dead']);
    expect(ids(altered('dns-vm-resolv-conf-wrong', () => {}))[0]).toBe('resolver-dead');
  });
});

describe('neighbour-table-full', () => {
  const most = (max: string) =>
    altered('healthy-baseline', (s) => {
      fact(s, 'sysctls')['net.ipv4.neigh.default.gc_thresh3'] = max;
      ending(s, (f) => f.kind === 'container-ip' && !fromGuest(f), 'timeout');
    });

  it('as many entries as gc_thresh3 allows; and fewer', () => {
    expect(ids(most('1'))).toEqual(['neighbour-table-full']);
    expect(ids(most('1024'))).toEqual([]);
  });
});

describe('network-mode', () => {
  const published = (f: Scene['flows'][number]) => f.kind === 'published-port';
  const mode = (networkMode: string, hostPort = 8080) =>
    altered('healthy-baseline', (s) => {
      const wantedPorts = [{ port: 80, proto: 'tcp' as const, hostIp: '', hostPort }];
      Object.assign(container(s, 'shop-web-1'), { networkMode, wantedPorts, publishedPorts: [] });
      s.flows = s.flows.filter((f) => !web(f));
      s.flows = s.flows.map(({ to: { behind: _, ...to }, ...f }) => ({ ...f, to }));
      ending(s, published, 'refused', { detail: 'connect: Connection refused' });
    });

  it('no network at all, the VM’s own, and one as any other', () => {
    expect(ids(mode('none'))).toEqual(['container-network-none']);
    expect(ids(mode('host'))).toEqual(['ports-ignored-host-network']);
    expect(ids(mode('shop_default'))).toEqual([]);
  });
});

describe('nothing-listens', () => {
  const listening = (address: string | undefined, outcome: 'reset' | 'timeout' = 'reset') =>
    altered('healthy-baseline', (s) => {
      const id = container(s, 'shop-web-1').id;
      const all = fact(s, 'containers');
      const inside = all.namespaces.find((n) => n.inode === all.containers.find((c) => c.id === id)?.netns);
      if (inside) inside.listeners = address === undefined ? [] : [{ proto: 'tcp', address, port: 80 }];
      ending(s, (f) => f.kind === 'published-port', outcome);
    });

  it('on its own loopback only, not at all, and as it should', () => {
    expect(ids(listening('127.0.0.1'))).toEqual(['listens-on-loopback']);
    expect(ids(listening(undefined))).toEqual(['nothing-listens']);
    expect(ids(listening('0.0.0.0'))).toEqual([]);
  });

  it('whoever is cut off before is not refused', () => {
    expect(ids(listening(undefined, 'timeout'))).toEqual([]);
  });
});

describe('no-name-server', () => {
  const unnamed = (s: Scene) => {
    fact(s, 'resolver').servers = [];
    s.flows = s.flows.map((f) =>
      fromGuest(f) && f.kind === 'dns-server' ? { ...f, to: { ...f.to, host: '127.0.0.1' } } : f,
    );
  };

  it('resolv.conf of the VM names none', () => {
    const scene = altered('healthy-baseline', (s) => {
      unnamed(s);
      ending(s, (f) => fromGuest(f) && (f.kind === 'dns-server' || f.kind === 'internet-name'), 'refused');
    });
    expect(ids(scene)).toEqual(['no-name-server']);
  });

  it('a name server of its own on 127.0.0.1 is fine', () => {
    expect(ids(altered('healthy-baseline', unnamed))).toEqual([]);
  });
});

describe('other-table', () => {
  const policy = (dev: string, gateway: string | null) =>
    altered('healthy-baseline', (s) => {
      const all = fact(s, 'routes');
      const own = all.routes.find((r) => r.dst === '0.0.0.0/0' && r.family === 4);
      const [rule] = all.rules;
      if (!own || !rule) throw new Error('no routes');
      all.routes.push({ ...own, table: '77', dev, gateway });
      const text = 'from 172.18.0.0/16 lookup 77';
      all.rules.push({ ...rule, priority: 900, from: '172.18.0.0/16', table: '77', text });
      ending(s, (f) => web(f) && f.kind === 'internet-ip', 'timeout');
    });

  it('out by a tunnel, while the VM’s own way works; and by the same way', () => {
    expect(ids(policy('tun9', null))).toEqual(['policy-route-elsewhere']);
    expect(ids(policy('ens3', '10.0.2.2'))).toEqual([]);
  });
});

describe('pinned-names', () => {
  const pinned = (outcome: 'timeout' | 'ok', real: 'ok' | 'timeout') =>
    altered('healthy-baseline', (s) => {
      const at = s.flows.find((f) => web(f) && f.kind === 'internet-ip');
      if (!at) throw new Error('no flow');
      if (real !== 'ok') ending(s, (f) => f.kind === 'internet-name', real, { resolved: '203.0.113.10' });
      const to = { ...at.to, host: '192.0.2.80', label: 'example.com:80 = 192.0.2.80' };
      s.flows = [...s.flows, { ...at, id: 'pin', kind: 'pinned-name', to, outcome, detail: '' }];
    });

  it('nobody is at the address that /etc/hosts gives; somebody is; the real one is dead as well', () => {
    expect(ids(pinned('timeout', 'ok'))).toEqual(['hosts-override']);
    expect(ids(pinned('ok', 'ok'))).toEqual([]);
    expect(ids(pinned('timeout', 'timeout'))).not.toContain('hosts-override');
  });
});

describe('bad-queue', () => {
  const queue = (options: Record<string, unknown>, fails = true) =>
    altered('healthy-baseline', (s) => {
      const dev = fact(s, 'docker').networks.find((n) => n.name === 'shop_default')?.bridge ?? '';
      fact(s, 'tc').qdiscs.push({ dev, kind: 'netem', root: true, options });
      if (fails) ending(s, (f) => web(f) && f.kind === 'internet-ip', 'timeout');
    });

  it('delays much, loses some, or trickles', () => {
    for (const options of [
      { limit: 1000, delay: { delay: 12, jitter: 0, correlation: 0 }, ecn: false, gap: 0 },
      { limit: 1000, 'loss-random': { loss: 0.3, correlation: 0 } },
      { rate: { rate: 125, packetoverhead: 0, cellsize: 0, celloverhead: 0 } },
    ])
      expect(ids(queue(options))).toEqual(['tc-imitates-bad-network']);
  });

  it('a little delay does not make a flow fail, and a queue that hurts nobody is none', () => {
    expect(ids(queue({ delay: { delay: 0.05 } }))).toEqual([]);
    expect(ids(queue({ 'loss-random': { loss: 0.3 } }, false))).toEqual([]);
  });

  it('in the container itself, where nothing of it shows in the VM', () => {
    const scene = altered('healthy-baseline', (s) => {
      const mac = container(s, 'shop-web-1').attachments[0]?.mac;
      for (const link of fact(s, 'containers').namespaces.flatMap((n) => n.interfaces))
        if (link.mac === mac) link.qdisc = 'netem';
      ending(s, (f) => web(f) && f.kind.startsWith('internet-'), 'timeout');
    });
    expect(ids(scene)).toEqual(['tc-in-container']);
  });
});

describe('subnet-over-nat', () => {
  const over = (subnet: string) =>
    altered('healthy-baseline', (s) => {
      const network = fact(s, 'docker').networks.find((n) => n.name === 'shop_default');
      if (network) network.subnets = [{ subnet, gateway: '10.0.0.1' }];
      const link = fact(s, 'interfaces').find((i) => i.name === network?.bridge);
      if (link) link.addresses = [{ family: 4, address: '10.0.0.1', prefix: 16, scope: 'global' }];
      ending(s, (f) => web(f) && (f.kind === 'dns-server' || f.kind === 'internet-name'), 'timeout');
    });

  it('a network covers 10.0.2.0/24; and one beside it', () => {
    expect(ids(over('10.0.0.0/16'))).toEqual(['docker-subnet-over-nat']);
    expect(ids(over('10.7.0.0/16'))).not.toContain('docker-subnet-over-nat');
  });
});

describe('wrong-default-route', () => {
  const default4 = (s: Scene) => {
    const found = fact(s, 'routes').routes.find((r) => r.dst === '0.0.0.0/0' && r.family === 4);
    if (!found) throw new Error('no default route');
    return found;
  };

  it('nobody is at the gateway’s address, and VirtualBox’s gateway is another', () => {
    const scene = altered('host-offline', (s) => {
      default4(s).gateway = '10.0.2.99';
      fact(s, 'neighbours').push({ address: '10.0.2.99', dev: 'ens3', mac: null, state: 'FAILED' });
      ending(s, (f) => fromGuest(f) && f.kind === 'gateway', 'unreachable');
    });
    const [cause] = diagnoseScene(scene).causes;
    expect(cause?.id).toBe('default-gateway-silent');
    expect(cause?.says.en).toContain('10.0.2.2');
  });

  it('the default route leads to a device behind which nobody is', () => {
    const scene = altered('host-offline', (s) =>
      Object.assign(default4(s), { dev: 'docker0', gateway: null }),
    );
    expect(ids(scene)[0]).toBe('default-route-wrong-device');
  });

  it('the gateway is there, and what lies behind it is not: the VM is offline', () => {
    expect(ids(altered('host-offline', () => {}))).toEqual(['machine-offline']);
  });
});

describe('loopback-server', () => {
  const loopback = (port?: number) =>
    altered('dns-vm-resolv-conf-wrong', (s) => {
      fact(s, 'resolver').servers = ['127.0.0.53'];
      if (port) fact(s, 'listeners').push({ proto: 'udp', address: '127.0.0.53', port, processes: [] });
      const asked = (f: Scene['flows'][number]) => fromGuest(f) && f.kind === 'dns-server';
      s.flows = s.flows.map((f) => (asked(f) ? { ...f, to: { ...f.to, host: '127.0.0.53' } } : f));
      ending(s, asked, 'refused');
      ending(s, (f) => !fromGuest(f) && (f.kind === 'dns-server' || f.kind === 'internet-name'), 'ok');
    });

  it.each([
    ['/run/systemd/resolve/stub-resolv.conf', 'systemctl enable --now systemd-resolved'],
    [null, expect.stringContaining('nameserver 10.0.2.3')],
  ])('what starts it depends on whose file it is: %s', (linkTarget, command) => {
    const scene = loopback();
    fact(scene, 'resolver').linkTarget = linkTarget;
    expect(diagnoseScene(scene).causes[0]?.fixes.map((f) => f.commands.at(-1))).toEqual([command]);
  });

  it('nobody listens at the VM’s own name server; somebody does', () => {
    expect(ids(loopback())).toEqual(['vm-name-server-not-running']);
    expect(ids(loopback(53))[0]).toBe('resolver-dead');
  });
});

describe('a mark that a rule sets', () => {
  it.each([
    ['0x77', ['policy-route-elsewhere']],
    ['0x7/0xf', ['policy-route-elsewhere']],
    ['0x78', []],
    ['0x77/0x8', []],
  ])('leads elsewhere where the policy rule asks for it (%s)', (fwmark, causes) => {
    const scene = altered('rule-mark-elsewhere', (s) => {
      for (const rule of fact(s, 'routes').rules) if (rule.fwmark !== null) rule.fwmark = fwmark;
    });
    expect(ids(scene)).toEqual(causes);
  });
});

describe('a conntrack zone', () => {
  it('is not to blame where the answer is translated back, or none came', () => {
    const back = altered('ipt-ct-zone-one-way', (s) => {
      for (const journey of s.journeys.filter((j) => j.direction === 'reply'))
        for (const stop of journey.stops) stop.packet.dst = '172.17.0.3';
    });
    expect(ids(back)).not.toContain('conntrack-zone-one-way');
    const none = altered('ipt-ct-zone-one-way', (s) => {
      s.journeys = s.journeys.filter((j) => j.direction === 'request');
    });
    expect(ids(none)).not.toContain('conntrack-zone-one-way');
  });
});

describe('address-twice', () => {
  const heard = (s: Scene, mac: string) => {
    for (const n of fact(s, 'neighbours')) if (n.mac === '02:00:00:00:be:ef') n.mac = mac;
  };

  it('is none while the neighbour that was heard is the container itself', () => {
    const scene = altered('container-address-twice', (s) => heard(s, '02:42:ac:11:00:02'));
    expect(ids(scene)).not.toContain('container-address-twice');
  });

  it('names the container that holds the address as well', () => {
    const scene = altered('container-address-twice', (s) => {
      heard(s, '02:42:ac:11:00:02');
      const box2 = namespaceOf(fact(s, 'containers'), container(s, 'box2').id);
      const link = box2?.interfaces.find(({ name }) => name === 'eth0');
      link?.addresses.push({ family: 4, address: '172.17.0.2', prefix: 16, scope: 'global' });
    });
    const [cause] = diagnoseScene(scene).causes;
    expect(cause?.id).toBe('container-address-twice');
    expect(cause?.title.en).toContain('by box2, too');
  });
});

describe('a rule of the old ebtables', () => {
  const scene = (...rules: string[]) =>
    altered('ebtables-legacy-drop', (s) => {
      const chain = fact(s, 'iptables').bridge.find(({ name }) => name === 'FORWARD');
      if (!chain) throw new Error('no FORWARD');
      chain.rules = rules.map((text, i) => ({ position: i + 1, text: `-A FORWARD ${text}` }));
    });
  const where = (s: Scene) => diagnoseScene(s).causes[0]?.where;

  it('is named where it alone can have ended the packets', () => {
    const others = [
      '-p ARP -j DROP',
      '-p IPv4 --ip-proto udp -j DROP',
      '-p IPv4 --ip-dst 10.0.0.0/8 -j DROP',
    ];
    expect(where(scene(...others, '-p IPv4 --ip-proto tcp -j DROP'))).toMatchObject({
      backend: 'legacy',
      position: 4,
    });
    expect(where(scene(...others))).toBeUndefined();
  });

  it('is none behind one that accepts them, and of two that may be it neither is named', () => {
    expect(where(scene('-p IPv4 -j ACCEPT', '-p IPv4 -j DROP'))).toBeUndefined();
    expect(where(scene('-i veth1 -j DROP', '-p IPv4 -j DROP'))).toBeUndefined();
    expect(where(scene('-p IPv4 --ip-proto tcp -j RETURN', '-p IPv4 -j DROP'))).toBeUndefined();
  });
});

describe('nat-ports-taken', () => {
  const lost = (change: (j: Scene['journeys'][number]) => Partial<Scene['journeys'][number]>) =>
    ids(
      altered('nat-masquerade-one-port', (s) => {
        s.journeys = s.journeys.map((j) => ({ ...j, ...change(j) }));
      }),
    );

  it('is not to blame where nobody saw that the packets were dropped as they were to leave', () => {
    expect(lost(() => ({}))).toEqual(['nat-ports-taken']);
    expect(
      ids(
        altered('nat-masquerade-one-port', (s) => {
          s.journeys = s.journeys.map(({ netfilter: _, ...j }) => j);
        }),
      ),
    ).not.toContain('nat-ports-taken');
    expect(
      lost((j) => (j.netfilter ? { netfilter: { ...j.netfilter, hook: 'forward' } } : {})),
    ).not.toContain('nat-ports-taken');
  });
});

describe('resolver-dead, of IPv6', () => {
  const says = (outcome: FlowResult['outcome']) =>
    diagnoseScene(
      altered('dns-vm-ipv6-server-only', (s) =>
        ending(s, (f) => fromGuest(f) && f.kind === 'dns-server', outcome),
      ),
    ).causes[0]?.says.en;

  it('says that no route leads to the server only where nothing could be sent', () => {
    expect(says('unreachable')).toContain('for no IPv6 route leads there');
    expect(says('timeout')).toMatch(/2001:db8::53, which does not answer; /);
  });

  it('is not to blame where the server answers', () => {
    expect(
      ids(
        altered('dns-vm-ipv6-server-only', (s) => {
          ending(s, (f) => fromGuest(f) && f.outcome !== 'ok', 'ok');
        }),
      ),
    ).toEqual([]);
  });
});

describe('address-is-our-own', () => {
  /** A container asks a name server at that address of the VM, and nobody is there. */
  const asking = (host: string) =>
    altered('healthy-baseline', (s) => {
      for (const f of s.flows)
        if (f.kind === 'dns-server' && f.from.where === 'container' && f.from.name.startsWith('box'))
          Object.assign(f, { outcome: 'refused', to: { ...f.to, host } });
      s.bad = s.flows.filter((f) => f.outcome === 'refused');
    });

  it.each(['172.17.0.1', '10.0.2.15'])('not of %s, which the VM has to have', (host) => {
    const scene = asking(host);
    expect(scene.bad.length).toBeGreaterThan(0);
    expect(ids(scene)).not.toContain('address-is-our-own');
  });
});
