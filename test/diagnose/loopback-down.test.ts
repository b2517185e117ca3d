import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { altered, ending, fact } from './altered-scene.ts';

const ids = (change: (scene: Scene) => unknown) =>
  diagnoseScene(altered('vm-loopback-down', change)).causes.map(({ id }) => id);

describe("the VM's loopback that is switched off", () => {
  it('is named for what the VM sends to itself', () => {
    expect(ids(() => undefined)).toEqual(['loopback-down']);
  });

  it('is not where it is up, or all that goes there works', () => {
    const up = (scene: Scene) => {
      for (const one of fact(scene, 'interfaces')) if (one.name === 'lo') one.up = true;
    };
    expect(ids(up)).not.toContain('loopback-down');
    expect(ids((scene) => ending(scene, ({ from }) => from.where === 'guest', 'ok'))).toEqual([]);
  });
});
