import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withApp } from './with-app.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/trace/${name}`, import.meta.url));

const opened = withApp();

/** Opens a log as the person does, and gives its run's item and its events. */
async function openLog(path: string) {
  opened.host.chosenFile = path;
  const { handlers } = opened.app;
  const answer = await handlers.openLog(undefined);
  if (answer === null) throw new Error('nothing was opened');
  const { run } = answer;
  await handlers.watchRun({ run });
  return { run, item: await opened.ended(run), events: await opened.allEvents(run) };
}

it('shows an opened log as a run: the rule at which packets died, and how many fared so', async () => {
  const { run, item, events } = await openLog(fixture('nft-1.0.6-three-flows.txt'));
  expect(item).toMatchObject({
    machine: 'log',
    machineName: 'nft-1.0.6-three-flows.txt',
    state: 'done',
    verdict: 'problem',
    grade: 'traced',
  });
  const journeys = events.flatMap((event) => (event.type === 'journey' ? [event.journey] : []));
  expect(journeys[0]).toMatchObject({ packets: 3, end: 'dropped', at: { chain: 'DOCKER-USER' } });
  expect(events.find((event) => event.type === 'cause')).toMatchObject({
    cause: { id: 'netfilter-drop', where: { chain: 'DOCKER-USER' } },
  });
  await opened.app.handlers.copyReport({ run });
  expect(opened.host.copied[0]).toMatch(/^# Culprit report: nft-1\.0\.6-three-flows/);
  expect(opened.host.copied[0]).toContain('packets that fared exactly so: 3');
});

it('does not claim to know how packets ended of which the log does not tell', async () => {
  const { item } = await openLog(fixture('kernel-6.18-legacy-trace-and-log.txt'));
  expect(item).toMatchObject({ state: 'done', verdict: 'cannot-tell' });
});

it('says so when there is no packet in it, and when it cannot be read', async () => {
  const path = join(opened.host.root, 'none.log');
  writeFileSync(path, 'nothing to see here\n');
  const none = await openLog(path);
  expect(none.item).toMatchObject({ verdict: 'cannot-tell' });
  expect(none.item.says?.en).toContain('none of its 1 lines');
  expect(none.events).toContainEqual(
    expect.objectContaining({ type: 'remark', code: 'log-without-packets' }),
  );
  const missing = await openLog(join(opened.host.root, 'missing.log'));
  expect(missing.item.state).toBe('failed');
  expect(missing.events).toContainEqual(expect.objectContaining({ type: 'trouble', code: 'log-unreadable' }));
});

it('opens nothing when the dialog is cancelled', async () => {
  expect(await opened.app.handlers.openLog(undefined)).toBeNull();
  expect(opened.host.state.runs ?? []).toEqual([]);
});

describe('a file that is dropped onto the window', () => {
  it('is opened as a log, and the window is told which run that is', async () => {
    await opened.app.dropped(fixture('nft-1.0.6-three-flows.txt'));
    const [told] = opened.host.dropped;
    if (told === undefined || !('run' in told)) throw new Error('nothing was opened');
    expect(await opened.ended(told.run)).toMatchObject({ machine: 'log', state: 'done', verdict: 'problem' });
  });

  it.each(['', 'etc/passwd', '/etc/pass\0wd', `/${'x'.repeat(5000)}`, { path: '/etc/passwd' }, undefined])(
    'is told to be unreadable where this is said to be its path: %j',
    async (said) => {
      await opened.app.dropped(said);
      expect(opened.host.dropped).toEqual([{ trouble: expect.objectContaining({ code: 'log-unreadable' }) }]);
      expect(opened.host.state.runs ?? []).toEqual([]);
    },
  );

  it('says so in its run where it is a folder', async () => {
    await opened.app.dropped(opened.host.root);
    const [told] = opened.host.dropped;
    if (told === undefined || !('run' in told)) throw new Error('nothing was opened');
    expect((await opened.ended(told.run)).state).toBe('failed');
  });
});

it('ends the reading of one log when another is opened', async () => {
  const endless = join(opened.host.root, 'endless.log');
  execFileSync('mkfifo', [endless]);
  // both ends of it are open, so that its reader waits for more
  const held = await open(endless, 'r+');
  opened.host.chosenFile = endless;
  const first = await opened.app.handlers.openLog(undefined);
  const second = await openLog(fixture('nft-1.0.6-three-flows.txt'));
  expect(second.run).not.toBe(first?.run);
  expect(second.item).toMatchObject({ machineName: 'nft-1.0.6-three-flows.txt', state: 'done' });
  expect(opened.host.state.runs?.find(({ id }) => id === first?.run)?.state).toBe('cancelled');
  await held.close();
});
