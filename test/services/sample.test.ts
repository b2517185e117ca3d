import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, createApp } from '../../electron/app/app.ts';
import { FakeHost } from './fake-host.ts';

let host: FakeHost;
let app: App;
beforeEach(async () => {
  host = new FakeHost();
  app = await createApp(host);
});
afterEach(async () => {
  await app.close();
  host.remove();
});

const ended = (run: string) =>
  host.until(() => host.state.runs?.find((one) => one.id === run && one.state !== 'running'));

it('runs the sample to its verdict, shows it live, and shows the same when it is opened again', async () => {
  const { run } = await app.handlers.startRun({ machine: 'sample' });
  await app.handlers.watchRun({ run });
  const item = await ended(run);
  expect(item).toMatchObject({
    machine: 'sample',
    state: 'done',
    verdict: 'problem',
    grade: 'traced',
    owner: 'firewalld',
    focus: 'everything',
  });
  expect(item.says?.en).toContain('docker0');
  const live = await host.until(() => {
    const events = host.events.get(run);
    return events?.at(-1)?.type === 'ended' && events;
  });
  expect(host.shares.at(-1)).toBeUndefined();
  expect(host.awake).toBe(0);
  await app.close();

  app = await createApp(host);
  expect((await app.handlers.state(undefined)).runs).toEqual([item]);
  host.events.clear();
  await app.handlers.watchRun({ run });
  expect(host.caughtUp).toContain(run);
  expect(host.events.get(run)).toEqual(live);
});
