import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import { bridgeOf } from '../../electron/diagnose/paths.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import type { PolicyRule } from '../../electron/probe/routes.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { altered, fact } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);

describe('a policy rule that looks at more than addresses', () => {
  const otherwise = (change: Partial<PolicyRule['selects']>) =>
    altered('rule-port-barred', (s) => {
      for (const rule of fact(s, 'routes').rules)
        if (rule.selects.dport) rule.selects = { ...rule.selects, ...change };
    });

  it('bars what it fits', () => {
    expect(ids(otherwise({}))).toEqual(['policy-route-barred']);
    expect(ids(otherwise({ dport: [1, 1023], uids: [0, 0], tos: '0x00' }))).toEqual(['policy-route-barred']);
  });

  it.each([
    [{ proto: 'udp' }],
    [{ dport: [443, 443] }],
    [{ uids: [1000, 2000] }],
    [{ tos: '0x10' }],
    [{ sport: [1, 2] }],
  ] as [Partial<PolicyRule['selects']>][])('is not to blame for what it does not fit (%j)', (change) => {
    expect(ids(otherwise(change))).not.toContain('policy-route-barred');
  });
});

describe('a container on two networks', () => {
  it('sends to the world by the one that its default route leads to, and to its mates by theirs', () => {
    const scene = readScene('container-second-network-drop');
    const by = (part: string) =>
      new Set(
        scene.flows
          .filter(({ id, outcome }) => id.startsWith(`shop-web-1→${part}`) && outcome !== 'skipped')
          .map((flow) => bridgeOf(flow, scene)),
      );
    expect(by('internet-ip')).toEqual(new Set(['br-back']));
    expect(by('dns-server')).toEqual(new Set(['br-back']));
    expect([...by('container-ip')]).toEqual([expect.stringMatching(/^br-[\da-f]{12}$/)]);
  });
});
