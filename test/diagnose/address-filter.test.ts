import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { verdictOf } from '../../electron/diagnose/verdict.ts';
import type { Cgroup } from '../../electron/probe/cgroups.ts';
import { altered, ending, fact } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);

/** The scene with the lists of one unit otherwise. */
const listing = (
  fault: string,
  unit: string,
  lists: Partial<Cgroup>,
  more: (scene: Scene) => void = () => {},
) =>
  altered(fault, (scene) => {
    const found = fact(scene, 'cgroups').find((c) => c.unit === unit);
    if (!found) throw new Error(`there is no ${unit}`);
    Object.assign(found, lists);
    more(scene);
  });

describe('addresses that systemd keeps from containers', () => {
  const FAULT = 'cgroup-denies-internet';

  it('are told with the unit, though all that was tried outside of it works', () => {
    const scene = altered(FAULT, () => {});
    expect(scene.bad).toEqual([]);
    const [first, ...more] = diagnoseScene(scene).causes;
    expect(first).toMatchObject({ id: 'cgroup-denies-container', grade: 'inferred', explains: [] });
    expect(first?.evidence[1]?.says.en).toMatch(/ works, tried outside the cgroup$/);
    expect(more).toEqual([]);
  });

  it('are of no matter where nothing went to them', () => {
    const far = listing(FAULT, 'system.slice', { allow: [], deny: ['198.51.100.0/24', '::/0'] });
    expect(ids(far)).toEqual([]);
    expect(verdictOf(far, diagnoseScene(far), { how: 'login' }).verdict).toBe('healthy');
  });

  it('do not hold where an inner or outer unit allows them', () => {
    const scopes = fact(
      altered(FAULT, () => {}),
      'cgroups',
    ).filter(({ unit }) => unit.endsWith('.scope'));
    const free = altered(FAULT, (scene) => {
      for (const c of fact(scene, 'cgroups'))
        if (scopes.some(({ unit }) => unit === c.unit)) c.allow = ['0.0.0.0/0'];
    });
    expect(ids(free)).toEqual([]);
    expect(ids(listing(FAULT, '-.slice', { allow: ['0.0.0.0/0'] }))).toEqual([]);
  });

  it('do not hold for containers in no unit of systemd, nor for those in another slice', () => {
    const elsewhere = (path: string) =>
      altered(FAULT, (scene) => {
        for (const c of fact(scene, 'cgroups'))
          if (c.unit.endsWith('.scope')) c.path = c.path.replace('/system.slice', path);
      });
    expect(ids(elsewhere('/containers.slice'))).toEqual([]);
    expect(ids(elsewhere('/system.slice-not'))).toEqual([]);
    const none = altered(FAULT, (scene) => {
      const cgroups = fact(scene, 'cgroups');
      cgroups.splice(0, cgroups.length, ...cgroups.filter(({ unit }) => !unit.endsWith('.scope')));
    });
    expect(ids(none)).toEqual([]);
  });

  it('explain nothing of what fails outside the cgroup, too', () => {
    const both = altered(FAULT, (scene) =>
      ending(scene, ({ from, kind }) => from.where !== 'guest' && kind.startsWith('internet-'), 'timeout'),
    );
    expect(both.bad.length).toBeGreaterThan(0);
    expect(ids(both)).not.toContain('cgroup-denies-container');
  });

  it('name only who is kept from them', () => {
    const [first] = fact(
      altered(FAULT, () => {}),
      'docker',
    ).containers;
    const one = listing(FAULT, 'system.slice', { deny: [], allow: [] }, (scene) => {
      const scope = fact(scene, 'cgroups').find(({ unit }) => unit === `docker-${first?.id}.scope`);
      if (scope) scope.deny = ['0.0.0.0/0'];
    });
    expect(diagnoseScene(one).causes.map(({ title }) => title.en)).toEqual([
      `systemd keeps addresses from ${first?.name}: IPAddressDeny= of docker-${first?.id}.scope`,
    ]);
  });
});

describe('a name server that systemd keeps from dockerd', () => {
  const FAULT = 'cgroup-denies-dockerd';

  it('is told, and neither a dead server nor a container to restart', () => {
    expect(ids(altered(FAULT, () => {}))).toEqual(['cgroup-denies-docker']);
  });

  it('is none where names are found, or where the server is allowed', () => {
    const fine = altered(FAULT, (scene) => ending(scene, (f) => f.outcome !== 'ok', 'ok'));
    expect(ids(fine)).toEqual([]);
    expect(ids(listing(FAULT, 'docker.service', { allow: ['10.0.2.3/32'] }))).not.toContain(
      'cgroup-denies-docker',
    );
  });
});
