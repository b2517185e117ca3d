import { expect, it } from 'vitest';
import { withApp } from './with-app.ts';

const opened = withApp();

it('runs the sample to its verdict, shows it live, and shows the same when it is opened again', async () => {
  const { host } = opened;
  const { run } = await opened.app.handlers.startRun({ machine: 'sample' });
  await opened.app.handlers.watchRun({ run });
  const item = await opened.ended(run);
  expect(item).toMatchObject({
    machine: 'sample',
    state: 'done',
    verdict: 'problem',
    grade: 'traced',
    owner: 'firewalld',
    focus: 'everything',
  });
  expect(item.says?.en).toContain('docker0');
  const live = await opened.allEvents(run);
  expect(host.shares.at(-1)).toBeUndefined();
  expect(host.awake).toBe(0);

  await opened.reopen();
  const { handlers } = opened.app;
  expect((await handlers.state(undefined)).runs).toEqual([item]);
  host.events.clear();
  await handlers.watchRun({ run });
  expect(host.caughtUp).toContain(run);
  expect(host.events.get(run)).toEqual(live);
});
