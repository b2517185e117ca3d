import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reportMarkdown } from '../../electron/report/markdown.ts';
import { rowSummary, rowTitle } from '../../renderer/run/timeline/row-text.ts';
import { Timeline } from '../../renderer/run/timeline/timeline.ts';
import { applyEvents, emptyRun } from '../../shared/run.ts';
import { withApp } from './with-app.ts';

const opened = withApp();

/** As versions wrote it that said these things in English alone. */
function inEnglishAlone(line: string): string {
  const event = JSON.parse(line);
  for (const key of ['purpose', 'summary']) if (event[key]?.en) event[key] = event[key].en;
  return JSON.stringify(event);
}

it('a run of the past with purposes and summaries in one language opens without them', async () => {
  const { run } = await opened.app.handlers.startRun({ machine: 'sample' });
  await opened.ended(run);
  await opened.app.close();
  const path = join(opened.host.dataFolder, 'runs', `${run}.ndjson`);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  await writeFile(path, `${lines.map(inEnglishAlone).join('\n')}\n`);
  await opened.reopen();
  await opened.app.handlers.watchRun({ run });
  const events = await opened.allEvents(run);
  const types = new Set(events.map(({ type }) => type));
  for (const type of ['answer', 'flow', 'journey', 'cause', 'verdict'] as const)
    expect(types).toContain(type);
  expect(types.has('command')).toBe(false);
  const { rows } = new Timeline().advance(events);
  for (const row of rows) expect(rowTitle(row, 'zh-CN') + rowSummary(row, 'zh-CN')).not.toMatch(/undefined/);
  const report = reportMarkdown(applyEvents(emptyRun(), events), 'zh-CN');
  expect(report).not.toMatch(/undefined|\[object/);
});
