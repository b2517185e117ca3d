import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Rule, Scene } from '../../electron/diagnose/rule.ts';
import { RULES } from '../../electron/diagnose/rules/registry.ts';
import { verdictOf } from '../../electron/diagnose/verdict.ts';
import type { Focus } from '../../shared/focus.ts';
import { same } from '../../shared/text.ts';
import { findFault } from '../lab/faults.ts';
import { EVERY_FAULT, FAULTS, HEALTHY_RECORDED } from '../lab-cases/cases.ts';
import { readScene, sceneNames } from '../lab-cases/scene-file.ts';
import { altered, ending, fact } from './altered-scene.ts';

/** Which rule knows which cause; its file has this name. */
const KNOWS: Record<string, readonly string[]> = {
  'barred-route': ['route-barred', 'policy-route-barred'],
  'bridge-link': ['bridge-down', 'veth-not-in-bridge', 'bridge-missing'],
  'conditional-drop': ['intermittent-drop'],
  'container-link': ['veth-down'],
  'container-detour': ['container-route-captures'],
  'container-own-rules': ['container-own-rules'],
  'connection-table-full': ['connection-table-full'],
  'default-bridge-names': ['default-bridge-no-names'],
  'docker-not-running': ['docker-not-running', 'docker-daemon-json-broken'],
  'docker-user': ['docker-user-drop', 'docker-user-drops-answers', 'ufw-docker-drop'],
  'docker-rules-missing': ['docker-rules-missing'],
  'firewalld-after-docker': ['firewalld-after-docker'],
  'firewalld-zone': ['firewalld-interface-not-in-zone', 'firewalld-bridge-not-in-zone'],
  'forwarding-off': ['ip-forward-off', 'interface-forwarding-off'],
  'loopback-down': ['loopback-down'],
  'machine-offline': ['machine-offline'],
  'masquerade-missing': ['masquerade-missing', 'docker-masquerade-off'],
  'netfilter-drop': ['netfilter-drop'],
  'drop-behind': ['netfilter-drop-behind'],
  'network-option': ['docker-icc-disabled', 'docker-internal-network'],
  'no-default-route': ['guest-no-default-route', 'container-no-default-route'],
  'port-bound-elsewhere': ['port-bound-localhost'],
  'port-not-published': ['port-not-published'],
  'port-not-translated': ['port-not-translated'],
  'published-port': ['container-not-running', 'port-in-use'],
  'ingress-filter': ['tc-ingress-drop'],
  resolver: ['resolver-dead', 'nat-dns-dead'],
  'container-resolver': ['container-dns-wrong', 'container-dns-stub'],
  'reverse-path': ['reverse-path-filter'],
  'separate-networks': ['service-on-another-network'],
  'subnet-overlap': ['docker-subnet-overlap'],
  'bridge-address': ['bridge-without-address'],
  'listens-elsewhere': ['listens-on-ipv6-only', 'listens-on-other-address'],
  'local-ports': ['no-local-port-left'],
  'mtu-black-hole': ['mtu-black-hole'],
  'container-state': ['container-paused'],
  'wrong-default-route': ['default-gateway-silent'],
  'dead-proxy': ['container-proxy-dead'],
  'network-mode': ['container-network-none', 'container-on-no-network'],
  'bad-queue': ['tc-in-container', 'tc-imitates-bad-network'],
  'embedded-dns': ['embedded-dns-upstream-dead'],
  'wrong-neighbour': ['wrong-neighbour'],
  'bridge-port': ['bridge-port-isolated', 'bridge-port-without-vlan', 'bridge-port-blocked'],
  'bridge-port-options': ['bridge-port-unknown', 'bridge-port-locked', 'bridge-port-without-broadcast'],
  'ipsec-policy': ['ipsec-policy-blocks'],
  'shared-network': ['shared-network-gone'],
  'address-twice': ['container-address-twice'],
  'accept-queue': ['accept-queue-full'],
  'kernel-drop': ['kernel-drop'],
  'address-filter': ['cgroup-denies-container', 'cgroup-denies-docker'],
  'same-mac': ['container-mac-twice'],
  'captured-route': ['route-captures'],
  'changed-on-the-way': [
    'ttl-runs-out',
    'not-tracked',
    'conntrack-zone-one-way',
    'queue-without-reader',
    'masquerade-skipped',
    'nat-ports-taken',
  ],
  'container-interface': ['container-address-lost', 'container-loopback-down', 'container-ttl-low'],
  'diverting-filter': ['tc-filter-diverts', 'tc-filter-changes'],
  'device-filter': ['device-filter-drop', 'device-filter-diverts'],
  'forward-misses-port': ['port-published-elsewhere', 'port-published-for-udp'],
  'program-names': ['nsswitch-without-dns'],
  'translated-elsewhere': ['nat-leads-elsewhere', 'snat-wrong-address'],
  'way-back': ['bridge-route-missing'],
  'bridge-in-vrf': ['bridge-in-vrf'],
  'arp-silenced': ['arp-off'],
  'arp-filter': ['arp-filter-drop'],
  'daemon-dns': ['daemon-dns-dead'],
  'ufw-rule': ['ufw-rule', 'ufw-default-deny'],
  'forward-policy': ['port-accept-missing', 'other-iptables-policy-drop'],
  'firewalld-policy': ['firewalld-source-zone'],
};

/** Causes that need no failing flow: a daemon that does not run, a container that could not start for another has its port. */
const BY_ITSELF = new Set([
  ...[
    'docker-not-running',
    'docker-daemon-json-broken',
    'docker-config-conflict',
    'docker-config-unknown-key',
    'docker-no-address-pool',
  ],
  ...['docker-iptables-unusable', 'port-in-use', 'cgroup-denies-container'],
]);

/** Told, but behind all else: a guest may be closed to its containers on purpose. */
const PERHAPS_MEANT = new Set(['ufw-default-deny']);

/** Traced, though no rule ended the packets: they were seen to leave as they came. */
const UNTRANSLATED = new Set(['masquerade-missing', 'docker-masquerade-off']);

const root = { how: 'login' } as const;
const known = sceneNames();
const scenes = EVERY_FAULT.filter(({ fault }) => known.includes(fault)).map((c) => ({
  ...c,
  scene: readScene(c.fault),
}));

describe('causes, from what was seen of a real guest', () => {
  it.each(scenes)('$fault: $cause heads the list', ({ fault, cause, scene }) => {
    const { causes, notes } = diagnoseScene(scene);
    expect(causes[0]?.id).toBe(cause);
    expect(notes.filter((n) => n.outcome === 'rule-broke')).toEqual([]);
    if (!BY_ITSELF.has(cause) && !PERHAPS_MEANT.has(cause))
      expect(causes[0]?.explains.length).toBeGreaterThan(0);
    const said = JSON.stringify(causes[0]).toLowerCase();
    expect(findFault(fault).expectTerms.filter((term) => !said.includes(term.toLowerCase()))).toEqual([]);
  });

  it.each(scenes)('$fault: what is said is in both languages, with evidence that is there', ({ scene }) => {
    const { causes } = diagnoseScene(scene);
    const refs = new Set([
      ...scene.flows.map((f) => f.id),
      ...scene.journeys.map((j) => j.id),
      ...Object.keys(scene.facts),
    ]);
    for (const cause of causes) {
      for (const text of [cause.title, cause.says]) {
        expect(text.en).toMatch(/\S{3}/);
        expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(text.en).not.toMatch(/undefined|\[object/);
      }
      expect(cause.evidence.length).toBeGreaterThan(0);
      expect(cause.evidence.filter((e) => !refs.has(e.ref))).toEqual([]);
      const ended = [...cause.evidence].some((e) => scene.journeys.some((j) => j.id === e.ref && j.drop));
      expect(cause.grade === 'traced').toBe(cause.where !== undefined || UNTRANSLATED.has(cause.id) || ended);
    }
  });

  it.each(Object.entries(KNOWS))('%s knows its causes and nobody else does', (id, causes) => {
    const own = (rule: Rule) => rule.id === id || causes.includes(rule.id);
    const rule = RULES.filter(own);
    expect(rule).toHaveLength(1);
    for (const { cause, scene } of scenes.filter((s) => causes.includes(s.cause))) {
      expect(diagnoseScene(scene, rule).causes[0]?.id).toBe(cause);
      const without = diagnoseScene(
        scene,
        RULES.filter((r) => !own(r)),
      );
      expect(without.causes[0]?.id).not.toBe(cause);
    }
  });

  it('has a scene for every fault of the list', () => {
    expect(known).toEqual(expect.arrayContaining([...FAULTS.map((c) => c.fault), ...HEALTHY_RECORDED]));
  });
});

describe('nobody is accused', () => {
  it.each(HEALTHY_RECORDED)('%s', (name) => {
    const scene = readScene(name);
    const diagnosis = diagnoseScene(scene);
    expect(diagnosis.causes).toEqual([]);
    expect(verdictOf(scene, diagnosis, root).verdict).toBe('healthy');
  });

  it.each(scenes)(
    '$fault, on a guest where every flow works: a setting alone is no cause',
    ({ scene, cause }) => {
      if (BY_ITSELF.has(cause)) return;
      const healthy: Scene = {
        ...scene,
        flows: scene.flows.map((f) => ({ ...f, outcome: 'ok' })),
        bad: [],
        journeys: [],
      };
      expect(diagnoseScene(healthy).causes).toEqual([]);
    },
  );
});

describe('when something is missing', () => {
  const [first] = scenes;
  const scene = first?.scene as Scene;

  it('a rule whose facts could not be had says so, and the general rule still names the place', () => {
    const facts = {
      ...scene.facts,
      firewalld: {
        ok: false,
        reason: 'timeout',
        detail: { en: 'no answer', 'zh-CN': '没有应答' },
        commandId: 'c1',
      } as const,
    };
    const { causes, notes } = diagnoseScene({ ...scene, facts });
    expect(causes[0]).toMatchObject({ id: 'netfilter-drop', owner: 'firewalld', grade: 'traced' });
    expect(notes).toContainEqual({
      rule: 'firewalld-zone',
      outcome: 'cannot-tell',
      says: { en: 'firewalld: no answer', 'zh-CN': 'firewalld：没有应答' },
    });
  });

  it('a rule that breaks is told, and accuses nobody', () => {
    const broken: Rule = {
      id: 'broken',
      needs: [],
      causes: {},
      judge: () => {
        throw new Error('oops');
      },
    };
    expect(diagnoseScene(scene, [broken])).toMatchObject({
      causes: [],
      notes: [{ rule: 'broken', outcome: 'rule-broke', says: same('oops') }],
    });
  });

  it('does not call healthy a machine whose Docker does not answer', () => {
    const healthy = readScene('healthy-baseline');
    const silent: Scene = {
      ...healthy,
      facts: {
        ...healthy.facts,
        docker: { ok: false, reason: 'failed', detail: same('silent'), commandId: 'docker' },
      },
    };
    const { verdict, says } = verdictOf(silent, diagnoseScene(silent), root);
    expect(verdict).toBe('cannot-tell');
    expect(says.en).toContain('Docker did not say');
  });

  it('does not call healthy what there was no time to look into', () => {
    const slow = altered('healthy-baseline', (scene) => {
      fact(scene, 'containers').left = 2;
    });
    const { verdict, says } = verdictOf(slow, diagnoseScene(slow), root);
    expect(verdict).toBe('cannot-tell');
    expect(says.en).toContain('no time to look into 2 containers');
  });

  it('says so too where flows fail without a cause', () => {
    const slow = altered('healthy-baseline', (scene) => {
      fact(scene, 'containers').left = 1;
    });
    const [flow] = slow.flows;
    if (!flow) throw new Error('no flow');
    const bad = [{ ...flow, outcome: 'timeout' as const }];
    const { says } = verdictOf({ ...slow, bad }, { causes: [], notes: [], unexplained: [] }, root);
    expect(says.en).toMatch(/does not say why\. The VM was so slow .* one container: let it come to rest/);
  });

  it('without root it cannot tell, and says why', () => {
    const blind = { ...scene, journeys: [] };
    const none = { how: 'none', why: 'not-allowed', detail: '' } as const;
    const { verdict, says } = verdictOf(blind, { causes: [], notes: [], unexplained: [] }, none);
    expect(verdict).toBe('cannot-tell');
    expect(says.en).toContain('may not use sudo');
  });

  it.each([
    ['no-sudo', /has no sudo: log in as root/, /没有 sudo：请以 root 登录/],
    ['only-doas', /has doas .* does not use: log in as root/, /doas.*不支持 doas：请以 root 登录/],
    ['only-su', /only su, .* does not use: log in as root/, /只有 su.*不支持 su：请以 root 登录/],
    ['failed', /does not work there \(sudo: no PAM\)/, /无法使用（sudo: no PAM）/],
    ['not-root', /does not run as root here/, /没有以 root 运行/],
  ] as const)('says in each language what there is in place of sudo: %s', (why, en, zh) => {
    const none = { how: 'none', why, detail: why === 'failed' ? 'sudo: no PAM' : '' } as const;
    const nothing = { causes: [], notes: [], unexplained: [] };
    const { says } = verdictOf({ ...scene, journeys: [] }, nothing, none);
    expect(says.en).toMatch(en);
    expect(says['zh-CN']).toMatch(zh);
  });

  it('says that everything works only where everything does', () => {
    const says = (scene: Scene, focus?: Focus) => verdictOf(scene, diagnoseScene(scene), root, focus);
    const all = altered('healthy-baseline', () => undefined);
    expect(says(all)).toMatchObject({
      verdict: 'healthy',
      says: { en: expect.stringMatching(/^Everything/) },
    });
    const services = altered('healthy-baseline', (s) =>
      ending(s, (f) => f.kind === 'guest-service', 'refused'),
    );
    const some = services.flows.filter(({ outcome }) => outcome === 'ok').length;
    const en = expect.stringContaining(`${some} of ${services.flows.length} flows`);
    expect(says(services)).toMatchObject({ verdict: 'healthy', says: { en } });
    expect(says(services, 'no-internet')).toMatchObject({ verdict: 'healthy', says: { en } });
  });
});
