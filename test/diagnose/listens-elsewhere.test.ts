import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { namespaceOf } from '../../electron/probe/containers.ts';
import { altered, container, ending, fact } from './altered-scene.ts';

const SIX = 'container-listens-on-ipv6-only';
const OTHER = 'container-listens-on-other-address';

const ids = (fault: string, change: (scene: Scene) => unknown = () => {}) =>
  diagnoseScene(altered(fault, change)).causes.map(({ id }) => id);
const says = (change: (scene: Scene) => unknown) =>
  diagnoseScene(altered(SIX, change)).causes[0]?.says.en ?? '';

function inside(scene: Scene) {
  const found = namespaceOf(fact(scene, 'containers'), container(scene, 'shop-web-1').id);
  if (!found) throw new Error('it was not looked into');
  return found;
}

const listen = (scene: Scene, ...addresses: string[]) => {
  inside(scene).listeners = addresses.map((address) => ({ proto: 'tcp', address, port: 80 }));
};

const isPublished = (f: Scene['flows'][number]) => f.to.what === 'published-port';

describe('listens-on-ipv6-only', () => {
  it('says what takes IPv4 away: the kernel’s setting, the program, or the address', () => {
    expect(says(() => {})).toContain('net.ipv6.bindv6only is 1 in the container');
    expect(says((s) => Object.assign(inside(s).sysctls, { 'net.ipv6.bindv6only': '0' }))).toContain(
      'IPV6_V6ONLY',
    );
    expect(says((s) => listen(s, 'fd00::5'))).toContain('That is an IPv6 address');
  });

  it('is not to blame where somebody takes IPv4 as well', () => {
    expect(ids(SIX, (s) => listen(s, '::', '0.0.0.0'))).toEqual([]);
    expect(ids(SIX, (s) => listen(s, '::', '172.18.0.3'))).toEqual([]);
  });

  it('is not to blame where it was not the container that refused, or may have been a rule in it', () => {
    // docker-proxy hangs up for many a reason
    expect(
      ids(SIX, (s) => {
        s.flows = s.flows.filter((f) => f.to.container !== 'shop-web-1' || isPublished(f));
        ending(s, isPublished, 'reset');
      }),
    ).toEqual([]);
    expect(
      ids(SIX, (s) => {
        const { ruleset } = inside(s);
        const [chain] = ruleset?.chains ?? [];
        if (!chain) throw new Error('no chain');
        const expr = [{ reject: { type: 'tcp reset' } }];
        const { family, table, name } = chain;
        chain.rules.push({
          family,
          table,
          chain: name,
          handle: 99,
          position: 1,
          expr,
          text: '',
          comment: null,
        });
      }),
    ).toEqual([]);
  });

  it('is not to blame for what a rule leads to another port', () => {
    const led = (s: Scene) => {
      s.flows = s.flows.filter((f) => f.to.container !== 'shop-web-1' || isPublished(f));
      s.journeys = s.journeys.map((j) => (j.nat ? { ...j, nat: { ...j.nat, dport: 81 } } : j));
    };
    expect(ids(SIX, led)).not.toContain('listens-on-ipv6-only');
  });

  it('nobody listens there at all: another cause', () => {
    expect(ids(SIX, (s) => listen(s))[0]).toBe('nothing-listens');
    expect(ids(SIX, (s) => listen(s, '::1'))[0]).toBe('listens-on-loopback');
  });
});

describe('listens-on-other-address', () => {
  it('is not to blame while it listens where Docker leads to', () => {
    expect(ids(OTHER)).toEqual(['listens-on-other-address']);
    const here = (s: Scene) => container(s, 'shop-web-1').attachments.flatMap(({ ip }) => ip ?? []);
    expect(ids(OTHER, (s) => listen(s, ...here(s)))).toEqual([]);
  });
});
