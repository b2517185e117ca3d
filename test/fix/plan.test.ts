import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import { pairedSteps } from '../../electron/fix/held.ts';
import { planRemedy } from '../../electron/fix/plan.ts';
import { trialOf } from '../../electron/fix/trial.ts';
import { readScene, sceneNames } from '../lab-cases/scene-file.ts';

const scenes = sceneNames().map((name) => {
  const scene = readScene(name);
  return { name, scene, causes: diagnoseScene(scene).causes };
});
const fixes = scenes.flatMap(({ name, causes }) =>
  causes.flatMap((cause) => cause.fixes.map((fix) => ({ name, id: cause.id, fix }))),
);
const { signal } = new AbortController();
/** A guest that nobody may ask anything. */
const untouched = (how: 'login' | 'none') => ({
  label: 'nobody',
  root: how === 'login' ? { how } : { how, why: 'no-sudo' as const, detail: '' },
  exec: () => Promise.reject(new Error('nothing may run')),
  stream: () => {
    throw new Error('nothing may run');
  },
  close: () => Promise.resolve(),
});
const found = (name: string) => {
  const one = scenes.find((scene) => scene.name === name);
  if (!one) throw new Error(`no scene ${name}`);
  return { causes: one.causes, bad: one.scene.bad, journeys: one.scene.journeys };
};

describe('the fixes of every scene', () => {
  const atOnce = fixes.filter(({ fix }) => fix.applies === 'at-once');

  it('are many, of both sorts', () => {
    expect(atOnce.length).toBeGreaterThan(25);
    expect(fixes.length).toBeGreaterThan(atOnce.length + 10);
  });

  it.each(atOnce)('$name, $id: what Culprit does pairs off with what takes it back', ({ fix }) => {
    const { trial, applied = fix } = fix;
    pairedSteps(applied);
    if (trial && trial !== 'itself') pairedSteps(trial);
    expect(applied.commands.length + (fix.applied?.edits.length ?? 0)).toBeGreaterThan(0);
  });

  it.each(atOnce)(
    '$name, $id: nothing stops containers behind a person’s back, or leaves a gap',
    ({ fix }) => {
      // where it says what Culprit does, the other commands are for a person
      const all = (fix.applied ?? fix).commands.join('\n');
      expect(all).not.toMatch(/restart|docker (rm|stop|kill|pause)|reboot|upgrade|…|editor /);
    },
  );
});

describe('a plan', () => {
  it('is exactly what the fix says, with the flows that it is for', async () => {
    const planned = await planRemedy(
      untouched('login'),
      { kind: 'fix', id: 'route-barred' },
      found('route-blackhole'),
      signal,
    );
    expect(planned).toMatchObject({
      ok: true,
      plan: {
        kind: 'fix',
        cause: 'route-barred',
        at: 0,
        files: [],
        commands: [expect.stringMatching(/^ip route del blackhole /)],
      },
    });
    expect(planned.ok && planned.plan.flows.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a fix that this run has not',
      'route-blackhole',
      'no-such-thing',
      'login',
      /has no fix “no-such-thing”. It has: route-barred\/1/,
    ],
    [
      'what only a person does',
      'ipt-forward-flushed-policy-drop',
      'docker-rules-missing',
      'login',
      /nothing that Culprit does by itself/,
    ],
    ['a guest without root', 'route-blackhole', 'route-barred', 'none', /needs root/],
  ] as const)('is none for %s', async (_, scene, id, root, words) => {
    const planned = await planRemedy(untouched(root), { kind: 'fix', id }, found(scene), signal);
    expect(planned.ok ? '' : planned.why.en).toMatch(words);
  });

  it.each([
    ['ipt-docker-user-drop', /^iptables -D DOCKER-USER/],
    ['fw-docker0-not-in-zone', /^firewall-cmd --zone=docker --change-interface=docker0$/],
    ['sysctl-ip-forward-0', /^sysctl -w net.ipv4.ip_forward=1$/],
    ['ipt-forward-flushed-policy-drop', /^iptables -t filter -I FORWARD 1 -s \S+ -d \S+ -j ACCEPT$/],
  ])('of a trial: %s', async (scene, command) => {
    const planned = await planRemedy(untouched('login'), { kind: 'trial' }, found(scene), signal);
    expect(planned.ok && planned.plan.commands[0]).toMatch(command);
    expect(planned.ok && planned.plan.commands.join()).not.toContain('--permanent');
  });

  it('of a trial is none where flows fail only now and then, or nothing small can be taken back', async () => {
    for (const scene of ['ipt-statistic-random-drop', 'docker-daemon-stopped', 'healthy-baseline']) {
      if (!sceneNames().includes(scene)) continue;
      const planned = await planRemedy(untouched('login'), { kind: 'trial' }, found(scene), signal);
      expect([scene, planned.ok]).toEqual([scene, false]);
    }
  });

  it('of a trial leaves tables alone in which an accept would skip a translation', () => {
    const { causes, journeys } = found('ipt-docker-user-drop');
    const [cause] = causes;
    if (!cause?.where) throw new Error('no place');
    const where = { ...cause.where, table: 'nat' };
    const inNat = journeys.map((j) => (j.at ? { ...j, at: { ...j.at, table: 'nat' } } : j));
    expect(trialOf({ ...cause, fixes: [], where }, inNat)).toBeUndefined();
    expect(trialOf({ ...cause, fixes: [] }, journeys)?.commands).toHaveLength(2);
  });
});
