import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { diedAt, fact, withFact } from './altered-scene.ts';

const first = (scene: Scene) => diagnoseScene(scene).causes[0];
const dropped = readScene('ipt-docker-user-drop');
const rejected = readScene('fw-docker0-not-in-zone');

describe('firewalld-zone', () => {
  // as firewalld 1.3 with FirewallBackend=iptables on Debian 12, its zone block holding docker0
  it('knows a zone’s chain in iptables, and lays no hand on its rules', () => {
    const cause = first(
      diedAt(rejected, {
        family: 'ip',
        table: 'filter',
        chain: 'IN_block',
        rule: 'counter reject with icmp type host-prohibited',
        iptables: '-A IN_block -j REJECT --reject-with icmp-host-prohibited',
      }),
    );
    expect(cause).toMatchObject({ id: 'firewalld-interface-not-in-zone', owner: 'firewalld' });
  });
});

describe('docker-user', () => {
  const answers = readScene('ipt-docker-user-allowlist-kills-replies');

  it('names the chain that is left to people, and deletes the rule', () => {
    expect(first(dropped)).toMatchObject({
      id: 'docker-user-drop',
      owner: 'administrator',
      fixes: [
        { commands: [expect.stringMatching(/^iptables -D DOCKER-USER -i br-\w+ ! -o br-\w+ -j DROP$/)] },
      ],
    });
  });

  it('tells an allow-list that forgets the answers, and lets those through first', () => {
    const cause = first(answers);
    expect(cause?.id).toBe('docker-user-drops-answers');
    expect(cause?.fixes[0]).toMatchObject({
      commands: ['iptables -I DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN'],
      undo: ['iptables -D DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN'],
    });
  });

  it('leaves a rule in any other chain to others', () => {
    expect(first(diedAt(dropped, { chain: 'FORWARD' }))?.id).toBe('netfilter-drop');
  });
});

describe('conditional-drop', () => {
  const forward = (iptables: string) =>
    diedAt(dropped, { chain: 'FORWARD', iptables: `-A FORWARD ${iptables} -j DROP`, rule: 'counter drop' });

  it.each([
    '-m statistic --mode random --probability 0.80000000000',
    '-m limit --limit 10/min',
    '-m hashlimit --hashlimit-above 1/sec --hashlimit-name x',
    '-m connlimit --connlimit-above 1',
  ])('%s hits now and then', (match) => {
    expect(first(forward(match))?.id).toBe('intermittent-drop');
  });

  it('does so in the words of nft, and wherever it stands', () => {
    const rule = 'numgen random mod 10 < 8 counter drop';
    expect(first(diedAt(dropped, { chain: 'c', table: 't', rule, iptables: '' }))?.id).toBe(
      'intermittent-drop',
    );
    const named = 'iifname "br-*" quota name "month" drop';
    expect(first(diedAt(dropped, { chain: 'c', table: 't', rule: named, iptables: '' }))?.id).toBe(
      'intermittent-drop',
    );
    expect(first(diedAt(dropped, { iptables: '-A DOCKER-USER -m statistic -j DROP' }))?.id).toBe(
      'intermittent-drop',
    );
  });

  it('says how often the flows worked that were tried again and again', () => {
    const scene = forward('-m statistic --mode random --probability 0.75');
    const tries = { ok: 2, of: 8 };
    const flows = scene.flows.map((f, i) =>
      scene.journeys.some((j) => j.at && j.flowId === f.id) && i % 2 === 0 ? { ...f, tries } : f,
    );
    const with8 = flows.filter((f) => f.tries === tries).length;
    expect(first({ ...scene, flows })?.says.en).toContain(`${2 * with8} of ${8 * with8} connections worked`);
  });

  it.each(['-m owner --uid-owner 1000', '-m cgroup --path x', '-m time --timestart 08:00'])(
    '%s hits certain programs or times',
    (match) => {
      expect(first(forward(match))?.id).toBe('selective-drop');
    },
  );

  it('does not take conntrack’s state, a comment or a set’s name for one', () => {
    for (const match of [
      '-m conntrack --ctstate NEW',
      '-m comment --comment "-m limits"',
      '-m set --match-set limit src',
    ])
      expect(first(forward(match))?.id).toBe('netfilter-drop');
  });
});

describe('firewalld-direct', () => {
  const args = ['-s', '172.16.0.0/12', '!', '-d', '172.16.0.0/12', '-j', 'REJECT'];
  const rule = { family: 'ipv4', table: 'filter', chain: 'FORWARD', priority: 0, args };
  // As iptables 1.8.9 writes the rule that firewalld 1.3 makes of it
  const died = diedAt(dropped, {
    chain: 'FORWARD',
    iptables: '-A FORWARD ! -d 172.16.0.0/12 -s 172.16.0.0/12 -j REJECT --reject-with icmp-port-unreachable',
  });
  const withRules = (...directRules: (typeof rule)[]) =>
    withFact(died, 'firewalld', { running: true, directRules });

  it('finds the direct rule behind the rule of iptables', () => {
    const cause = first(withRules({ ...rule, args: ['-p', 'icmp', '-j', 'DROP'] }, rule));
    expect(cause).toMatchObject({ id: 'firewalld-direct-rule', owner: 'firewalld' });
    expect(cause?.fixes[0]?.undo[0]).toContain('firewall-cmd --direct --add-rule ipv4 filter FORWARD 0');
  });

  it('does not blame one for other addresses, another chain or the other family', () => {
    for (const other of [
      { ...rule, args: args.map((a) => a.replace('172.16', '172.20')) },
      { ...rule, chain: 'INPUT' },
      { ...rule, family: 'ipv6' },
    ])
      expect(first(withRules(other))?.id).toBe('netfilter-drop');
  });
});

describe('firewalld-policy', () => {
  const { zones, policies } = fact(rejected, 'firewalld');
  const ban = 'rule family="ipv4" source address="172.17.0.0/16" drop';

  it('names the rich rule of the zone whose chain the packets died in', () => {
    const place = { chain: 'filter_FWD_public_deny', rule: 'ip saddr 172.17.0.0/16 drop' };
    const scene = withFact(diedAt(rejected, place), 'firewalld', {
      zones: zones.map((z) =>
        z.name === 'public' ? { ...z, richRules: ['rule service name="x" drop', ban] } : z,
      ),
    });
    expect(first(scene)).toMatchObject({
      id: 'firewalld-rich-rule',
      fixes: [{ commands: [`firewall-cmd --zone='public' --remove-rich-rule='${ban}'`] }],
    });
    // the zone's own last word is what firewalld-zone knows, whatever rich rules there are
    const last = withFact(rejected, 'firewalld', {
      zones: zones.map((z) => (z.name === 'public' ? { ...z, richRules: [ban] } : z)),
    });
    expect(first(last)?.id).toBe('firewalld-interface-not-in-zone');
  });

  it('names the policy, or its rich rule', () => {
    const policy = {
      name: 'no-containers',
      ingress: ['docker'],
      egress: ['ANY'],
      target: 'REJECT',
      priority: -1,
      masquerade: false,
      richRules: [ban],
    };
    const at = (chain: string, rule: string) =>
      withFact(diedAt(rejected, { chain, rule }), 'firewalld', { policies: [...policies, policy] });
    expect(first(at('filter_FWD_policy_no-containers', 'reject with icmpx admin-prohibited'))).toMatchObject({
      id: 'firewalld-policy',
      title: { en: expect.stringContaining('no-containers') },
    });
    const rich = at('filter_FWD_policy_no-containers_deny', 'ip saddr 172.17.0.0/16 drop');
    expect(first(rich)).toMatchObject({ id: 'firewalld-rich-rule' });
  });
});

describe('forward-policy', () => {
  const policy = { chain: 'FORWARD', rule: 'policy drop', iptables: '', policy: true };

  it('is told where Docker’s rules stand and none of them accepts', () => {
    expect(first(diedAt(dropped, policy))).toMatchObject({ id: 'forward-policy-drop', owner: 'docker' });
  });

  it('is not where they are gone altogether', () => {
    expect(first(readScene('ipt-forward-flushed-policy-drop'))?.id).toBe('docker-rules-missing');
  });
});

describe('forward-policy-left', () => {
  const policy = { chain: 'FORWARD', rule: 'policy drop', iptables: '', policy: true };
  const died = diedAt(readScene('ipt-forward-flushed-policy-drop'), policy);
  const backend = (firewallBackend: string | null) =>
    withFact(died, 'docker', { info: { version: '29.1.0', firewallBackend } });

  it('is told of a Docker that makes its rules with nftables', () => {
    expect(first(backend('nftables'))).toMatchObject({
      id: 'iptables-policy-left',
      grade: 'traced',
      fixes: [
        { commands: ['iptables -P FORWARD ACCEPT'], undo: ['iptables -P FORWARD DROP'], applies: 'at-once' },
      ],
    });
  });

  it('is not where Docker uses iptables, or an older one does not say', () => {
    for (const of of ['iptables', 'iptables+firewalld', null])
      expect(first(backend(of))?.id).toBe('docker-rules-missing');
  });
});

describe('firewalld-strict-ports', () => {
  const rule = { table: 'firewalld', rule: 'reject with icmpx admin-prohibited', iptables: '' };
  const at = (chain: string) => diedAt(rejected, { ...rule, chain });

  it('knows the chain to which a strict firewalld sends what others translated', () => {
    expect(first(at('filter_FORWARD_dnat'))).toMatchObject({
      id: 'firewalld-strict-forward-ports',
      owner: 'firewalld',
      fixes: [
        { commands: [expect.stringContaining('--add-forward-port=')], applies: 'at-once', trial: 'itself' },
        { commands: [expect.stringContaining('StrictForwardPorts=no'), 'firewall-cmd --reload'] },
      ],
    });
  });

  it('is one cause, though packets end in two chains', () => {
    const scene = at('filter_FORWARD_dnat');
    const [first, ...others] = scene.journeys;
    if (!first?.at) throw new Error('no death');
    const own = { ...first, at: { ...first.at, chain: 'filter_OUTPUT_dnat' } };
    const { causes } = diagnoseScene({ ...scene, journeys: [own, ...others] });
    const [strict, ...more] = causes.filter(({ id }) => id === 'firewalld-strict-forward-ports');
    expect(more).toEqual([]);
    expect(causes.map(({ id }) => id)).not.toContain('netfilter-drop');
    expect(strict?.where?.chain).toBe('filter_FORWARD_dnat');
    const died = scene.journeys.filter((j) => j.at).map((j) => j.flowId);
    expect(strict?.explains).toEqual(expect.arrayContaining(died));
  });

  it('has no port to forward for what the VM itself sends', () => {
    expect(first(at('filter_OUTPUT_dnat'))?.fixes).toHaveLength(1);
  });

  it('is not any other chain of firewalld', () => {
    expect(first(at('filter_FORWARD_POLICIES'))?.id).not.toBe('firewalld-strict-forward-ports');
  });
});

describe('direct-access', () => {
  const raw = { table: 'raw', chain: 'PREROUTING', hook: 'prerouting', priority: -300 };
  const [journey] = dropped.journeys;
  // The rule as Docker 28 writes it (moby/moby#49518)
  const scene = (bridge: string): Scene => {
    const died = diedAt(dropped, {
      ...raw,
      iptables: `-A PREROUTING -d 172.18.0.2/32 ! -i ${bridge} -j DROP`,
    });
    return {
      ...died,
      journeys: died.journeys.map((j) => ({
        ...j,
        packet: { ...j.packet, dst: '172.18.0.2' },
        nat: undefined,
      })),
    };
  };

  it('knows Docker’s own rule for a container’s address', () => {
    const bridge = fact(dropped, 'docker').networks.find((n) => n.name === 'shop_default')?.bridge;
    expect(first(scene(bridge ?? ''))).toMatchObject({
      id: 'docker-blocks-direct-access',
      owner: 'docker',
    });
  });

  it('is how Docker 28 keeps networks apart, which is told as that', () => {
    const apart = readScene('docker-network-isolation');
    const [{ name: target = '', attachments = [] } = {}] = fact(apart, 'docker').containers.filter((c) =>
      apart.bad.some(({ to }) => to.container === c.name),
    );
    const bridge = fact(apart, 'docker').networks.find((n) => n.name === attachments[0]?.network)?.bridge;
    const died = diedAt(apart, {
      ...raw,
      iptables: `-A PREROUTING -d ${attachments[0]?.ip}/32 ! -i ${bridge} -j DROP`,
    });
    expect(diagnoseScene(died).causes).toMatchObject([{ id: 'service-on-another-network' }]);
    expect(diagnoseScene(died).causes[0]?.title.en).toContain(target);
  });

  it('leaves a rule that names no bridge of Docker to others', () => {
    expect(first(scene('eth0'))?.id).toBe('netfilter-drop');
    expect(journey?.packet.dst).not.toBe('172.18.0.2');
  });
});
