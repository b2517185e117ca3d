import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../shared/run.ts';
import { manyEvents } from '../bench/window/many-events.ts';
import { withApp } from './with-app.ts';

const opened = withApp();

/** The first events come nearly whole, however many there are. */
const WHOLE = 2000;

/** A run of the sample whose file then gets so many events; gives them as they are stored. */
async function longRun(count: number): Promise<{ run: string; stored: RunEvent[] }> {
  const { run } = await opened.app.handlers.startRun({ machine: 'sample' });
  await opened.ended(run);
  await opened.app.close();
  const path = join(opened.host.dataFolder, 'runs', `${run}.ndjson`);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const events = (await manyEvents(count)).map((event) => JSON.stringify(event));
  const [header, trailer] = [lines[0], lines.at(-1)];
  await writeFile(path, [header, ...events, trailer, ''].join('\n'));
  await opened.reopen();
  return { run, stored: events.map((line): RunEvent => JSON.parse(line)) };
}

it('a long run of the past tells first what came of it, and comes without what only an open row shows', async () => {
  const { run, stored } = await longRun(6000);
  const { host, app } = opened;
  await app.handlers.watchRun({ run });
  const types = host.outcomes.get(run)?.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['cause', 'verdict', 'residue', 'ended']));
  const came = host.events.get(run) ?? [];
  const abridged = host.abridged.get(run) ?? [];
  expect(came.map(({ type }) => type)).toEqual(stored.map(({ type }) => type));
  const length = (events: readonly RunEvent[]) => JSON.stringify(events.slice(WHOLE)).length;
  expect(length(came)).toBeLessThan(length(stored) / 2);
  const differing = stored.flatMap((event, at) => (isDeepStrictEqual(event, came[at]) ? [] : [at]));
  expect(abridged).toEqual(differing);
  for (const type of ['answer', 'command', 'journey']) {
    const at = abridged.find((n) => stored[n]?.type === type) ?? -1;
    expect(await app.handlers.runEvent({ run, at }), type).toEqual(stored[at]);
  }
  expect(await app.handlers.runEvent({ run, at: 6000 })).toBeNull();
});

it('a short one comes at once, and whole but for long outputs', async () => {
  const { run, stored } = await longRun(300);
  await opened.app.handlers.watchRun({ run });
  expect(opened.host.outcomes.get(run)).toBeUndefined();
  const abridged = opened.host.abridged.get(run) ?? [];
  expect(abridged.length).toBeGreaterThan(0);
  expect(new Set(abridged.map((at) => stored[at]?.type))).toEqual(new Set(['answer']));
});
