import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type TraceLog, TraceLogReader } from '../../electron/trace/log.ts';

const FOLDER = new URL('../fixtures/trace/', import.meta.url);
const SAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const textOf = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

/** Everything that is told of a text, a journey a line. */
function told(text: string): string {
  const reader = new TraceLogReader();
  for (const line of text.split('\n')) reader.line(line);
  const { journeys, ...counts }: TraceLog = reader.end();
  return `${[...journeys, counts].map((one) => JSON.stringify(one)).join('\n')}\n`;
}

// What stands in these files was looked at once: a reader that is made faster or simpler must tell the same, to the word.
// `npx vitest run --project unit test/trace/log-samples.test.ts -u` writes them anew.
describe('the journeys in every sample of a tracer’s text', () => {
  it.each(SAMPLES)('are told as before: %s', async (name) => {
    await expect(told(textOf(name))).toMatchFileSnapshot(
      `../fixtures/trace/journeys/${name.replace('.txt', '.jsonl')}`,
    );
  });
});
