import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { altered, fact, fromMac } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);

describe('masquerade-missing, where packets end before they come that far', () => {
  const SHOP = '-s 172.18.0.0/16 ! -o ';
  const both = (change: (scene: Scene) => unknown = () => undefined) =>
    altered('sysctl-ip-forward-0', (s) => {
      for (const { chains } of fact(s, 'iptables').tables)
        for (const chain of chains) chain.rules = chain.rules.filter(({ text }) => !text.includes(SHOP));
      change(s);
    });

  it('is told behind what ends them', () => {
    const { causes } = diagnoseScene(both());
    expect(causes.map(({ id }) => id)).toEqual(['ip-forward-off', 'masquerade-missing']);
    expect(causes[1]).toMatchObject({ grade: 'inferred' });
    expect(causes[1]?.title.en).toContain('No MASQUERADE for 172.18.0.0/16');
  });

  it('is none where the rule stands', () => {
    expect(ids(altered('sysctl-ip-forward-0', () => undefined))).toEqual(['ip-forward-off']);
  });

  it.each([
    '-A POSTROUTING -o ens3 -j MASQUERADE',
    '-A POSTROUTING -s 172.16.0.0/12 -j SNAT --to-source 10.0.2.15',
    '-A POSTROUTING ! -s 10.0.2.15/32 -o ens3 -j MASQUERADE',
  ])('is none where another rule does the same (%s)', (text) => {
    const otherwise = both((s) => {
      const nat = fact(s, 'iptables').tables.find((t) => t.table === 'nat' && t.family === 4);
      const chain = nat?.chains.find(({ name }) => name === 'POSTROUTING');
      chain?.rules.push({ position: 9, text, packets: 0, bytes: 0 });
    });
    expect(ids(otherwise)).toEqual(['ip-forward-off']);
  });

  it('is none where the network was made without it, or its traffic gets out', () => {
    const meant = both((s) => {
      for (const network of fact(s, 'docker').networks)
        network.options['com.docker.network.bridge.enable_ip_masquerade'] = 'false';
    });
    expect(ids(meant)).toEqual(['ip-forward-off']);
    const works = both((s) => {
      s.flows = s.flows.map((f) =>
        f.kind === 'internet-ip' && f.from.where === 'container' ? { ...f, outcome: 'ok' } : f,
      );
    });
    expect(ids(works)).not.toContain('masquerade-missing');
  });
});

describe('forward-policy-drop, of packets that were led elsewhere', () => {
  const led = (to: string) =>
    altered('ipt-dnat-stale-address', (s) => {
      for (const { nat } of s.journeys) if (nat) nat.dst = to;
    });

  it('is only what follows where nobody has that address', () => {
    expect(ids(led('172.18.0.99'))).toEqual(['nat-leads-elsewhere']);
  });

  it('is told where a container has it', () => {
    const scene = led('172.18.0.99');
    const [container] = fact(scene, 'docker').containers.filter(({ name }) => name === 'shop-db-1');
    for (const link of container?.attachments ?? []) link.ip = '172.18.0.99';
    expect(ids(scene)).toContain('forward-policy-drop');
  });
});

describe('docker-user-drops-answers', () => {
  it('is about what containers ask, not about what published ports answer', () => {
    const published = altered('ipt-docker-user-allowlist-kills-replies', (s) => {
      const mac = s.flows.find(fromMac);
      s.journeys = s.journeys.filter(({ at }) => at).map((j) => ({ ...j, flowId: mac?.id ?? '' }));
    });
    expect(ids(published)[0]).toBe('docker-user-drop');
  });
});
