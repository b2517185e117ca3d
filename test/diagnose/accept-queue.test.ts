import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import { doorOf } from '../../electron/diagnose/door-of.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { namespaceOf } from '../../electron/probe/containers.ts';
import { altered, container, ending, fact } from './altered-scene.ts';

const FAULT = 'container-accept-queue-full';
const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);
const toDb = (scene: Scene) =>
  scene.flows.filter((f) => f.to.container === 'shop-db-1' && doorOf(f)?.port === 5432);
const queue = (scene: Scene) => {
  const inside = namespaceOf(fact(scene, 'containers'), container(scene, 'shop-db-1').id);
  const found = inside?.listeners.find(({ port }) => port === 5432);
  if (!found) throw new Error('db does not listen');
  return found;
};

describe('a program that accepts no connections', () => {
  it('has a full queue, and that is all there is to it', () => {
    const scene = altered(FAULT, () => {});
    expect(queue(scene).waiting).toBeGreaterThan(1);
    expect(diagnoseScene(scene).causes).toMatchObject([
      { id: 'accept-queue-full', explains: toDb(scene).map(({ id }) => id) },
    ]);
  });

  it('is not to blame where its queue is empty', () => {
    expect(ids(altered(FAULT, (s) => delete queue(s).waiting))).not.toContain('accept-queue-full');
  });

  it('is not to blame where somebody gets through: what waits is only just waiting', () => {
    const [first] = toDb(altered(FAULT, () => {}));
    const one = altered(FAULT, (s) => ending(s, ({ id }) => id === first?.id, 'ok'));
    expect(one.bad.length).toBeGreaterThan(0);
    expect(ids(one)).not.toContain('accept-queue-full');
  });

  it('is not to blame where it is refused, which a queue does not', () => {
    const refused = altered(FAULT, (s) => ending(s, (f) => toDb(s).includes(f), 'refused'));
    expect(ids(refused)).not.toContain('accept-queue-full');
  });

  it('hurts nobody where nobody calls', () => {
    const fine = altered(FAULT, (s) => ending(s, (f) => toDb(s).includes(f), 'ok'));
    expect(ids(fine)).toEqual([]);
  });
});
