import { beforeAll, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { breakOff, moments, WAYS, type Way } from './break-off.ts';
import { diagnoseLab, ONE_TARGET } from './cli.ts';
import { guestState, untilClean } from './state.ts';
import { bookworm, describeLab, ONCE } from './suite.ts';

/**
 * How often each way is tried, each at another stage of the run; `npm run soak` does so for as long as it is given. A guest that
 * stands still does so for a minute.
 */
const TIMES: Record<Way, number> = { kill: 3, reset: 2, silent: 2, frozen: 1 };

describeLab('what a run leaves in the guest', ONCE, () => {
  let lab: Lab;
  let before: string[];
  let runMs: number;

  beforeAll(async () => {
    lab = await bookworm();
    await lab.reset();
    // something has to be traced, or there would be nothing to leave behind
    await lab.fault('ipt-docker-user-drop');
    // sudo itself keeps a time stamp, and Debian's a marker in the home of whoever used it once: as on any used machine
    expect((await lab.ssh(`echo ${lab.password} | sudo -S -p '' true`, { user: 'dev' })).code).toBe(0);
    before = await guestState(lab);
  });

  it('nothing, when it ran to its end', async () => {
    const { run, ms } = await diagnoseLab(lab, ONE_TARGET);
    runMs = ms;
    expect(run.journeys.length).toBeGreaterThan(0);
    expect((await untilClean(lab, before, WAYS.kill.limitMs)).left).toEqual([]);
  });

  it.each(Object.keys(WAYS) as Way[])('nothing, when it is broken off (%s)', async (way) => {
    for (const after of moments(TIMES[way], runMs)) {
      const result = await breakOff(lab, way, after, before, ONE_TARGET);
      expect(result.left, `broken off after ${result.after} ms`).toEqual([]);
    }
  });
});
