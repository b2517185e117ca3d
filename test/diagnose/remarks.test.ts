import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { LookedAt } from '../../electron/diagnose/remark.ts';
import { clockOff } from '../../electron/diagnose/remarks/clock-off.ts';
import { parentUnreachable } from '../../electron/diagnose/remarks/parent-unreachable.ts';
import { REMARKERS } from '../../electron/diagnose/remarks/registry.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { LANGS } from '../../shared/text.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { altered, container, ending, fact } from './altered-scene.ts';

const HEALTHY = 'healthy-unmatched-drops';

const remarks = (scene: Scene, lookedAt: LookedAt | undefined) =>
  REMARKERS.flatMap((look) => look(scene, lookedAt));

describe('the VM’s clock', () => {
  const scene = readScene(HEALTHY);
  const clock = fact(scene, 'system').clock ?? 0;
  const lookedAt = (off: number) => ({ from: clock + off - 5, to: clock + off + 5 });

  it.each([0, 4, -4, 299, -299])('is not remarked on where it is %i s off', (off) => {
    expect(clockOff(scene, lookedAt(off))).toEqual([]);
  });

  it('is not remarked on where nobody knows what time it was', () => {
    expect(remarks(scene, undefined)).toEqual([]);
  });

  it.each([
    [400, '6 minutes behind', '慢 6 分钟'],
    [3_700, '1 hour behind', '慢 1 小时'],
    [-9_000, '2 hours ahead of', '快 2 小时'],
    [90_000_000, '1041 days behind', '慢 1041 天'],
  ])('that is %i s off is, in its largest unit', (off, en, zh) => {
    const [remark] = remarks(scene, lookedAt(off));
    expect(remark).toMatchObject({ code: 'clock-off' });
    expect(remark?.says.en).toContain(en);
    expect(remark?.says['zh-CN']).toContain(zh);
  });
});

describe('an image that could not be fetched', () => {
  it('is remarked on, and accuses nobody', () => {
    const scene = altered(HEALTHY, (one) => {
      fact(one, 'docker').failedPull = { at: '2026-11-27T23:41:55Z', reason: 'toomanyrequests: slow down' };
    });
    const [remark, ...more] = remarks(scene, undefined);
    expect(more).toEqual([]);
    expect(remark?.code).toBe('image-not-fetched');
    for (const lang of LANGS) expect(remark?.says[lang]).toMatch(/23:41.*toomanyrequests: slow down/);
    expect(diagnoseScene(scene).causes).toEqual([]);
  });
});

describe('a container on its host’s adapter', () => {
  const onParent = (driver: string, outcome: 'ok' | 'unreachable') =>
    altered(HEALTHY, (scene) => {
      const network = fact(scene, 'docker').networks.find(({ name }) => name === 'bridge');
      if (network) network.driver = driver;
      ending(
        scene,
        (f) => f.kind === 'guest-service' && f.from.where === 'container' && f.from.network === 'bridge',
        outcome,
      );
    });

  it.each(['macvlan', 'ipvlan'])('is told why it does not reach it, on %s', (driver) => {
    const [remark, ...more] = remarks(onParent(driver, 'unreachable'), undefined);
    expect(more).toEqual([]);
    for (const lang of LANGS) expect(remark?.says[lang]).toMatch(new RegExp(`box.*${driver}`));
  });

  it.each([
    ['bridge', 'unreachable'],
    ['macvlan', 'ok'],
  ] as const)('is not remarked on where it is on %s and the flow is %s', (driver, outcome) => {
    expect(parentUnreachable(onParent(driver, outcome), undefined)).toEqual([]);
  });
});

describe('a container that asks a proxy for its mates', () => {
  const HEALTHY_SHOP = 'healthy-baseline';
  /** What the container is told, and what is remarked then. */
  const told = (env: Record<string, string>) =>
    remarks(
      altered(HEALTHY_SHOP, (s) => Object.assign(container(s, 'shop-web-1').proxyEnv, env)),
      undefined,
    );
  const PROXY = { HTTP_PROXY: 'http://10.0.2.2:3128' };
  const names = () =>
    ['shop-db-1', ...(container(readScene(HEALTHY_SHOP), 'shop-db-1').attachments[0]?.aliases ?? [])].join(
      ',',
    );

  it('is told of it', () => {
    const [remark, ...more] = told(PROXY);
    expect(more).toEqual([]);
    expect(remark?.code).toBe('mates-by-proxy');
    for (const lang of LANGS) expect(remark?.says[lang]).toMatch(/shop-web-1.*shop-db-1/);
  });

  it.each([
    ['there is none', {}],
    ['they are excepted', { ...PROXY, no_proxy: `localhost,${names()}` }],
    ['everything is', { ...PROXY, NO_PROXY: '*' }],
    ['the proxy is one of them', { HTTP_PROXY: 'http://shop-db-1:3128' }],
  ])('is not where %s', (_, env) => {
    expect(told(env)).toEqual([]);
  });
});

describe('a container that may do less than Culprit’s flows', () => {
  const told = (change: { rawSockets?: boolean; profiles?: string[] }, fails = false) =>
    remarks(
      altered('healthy-baseline', (s) => {
        Object.assign(container(s, 'shop-web-1'), change);
        if (fails)
          ending(s, ({ from }) => from.where === 'container' && from.name === 'shop-web-1', 'timeout');
      }),
      undefined,
    );

  it.each([
    ['no-raw-sockets', { rawSockets: false }, 'NET_RAW'],
    ['own-profile', { profiles: ['apparmor=no-net', 'seccomp'] }, 'apparmor=no-net, seccomp'],
  ])('is told of: %s', (code, change, word) => {
    const [remark, ...more] = told(change);
    expect(more).toEqual([]);
    expect(remark?.code).toBe(code);
    for (const lang of LANGS) {
      expect(remark?.says[lang]).toContain('shop-web-1');
      expect(remark?.says[lang]).toContain(word);
    }
  });

  it('is not where it fails anyhow', () => {
    expect(told({ rawSockets: false, profiles: ['seccomp'] }, true)).toEqual([]);
  });
});
