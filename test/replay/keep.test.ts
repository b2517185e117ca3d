import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRecording, recordingText } from '../../electron/connect/recording-file.ts';
import { RunJson, runJson } from '../../shared/run-json.ts';
import { scrubbed } from './keep.ts';
import { replayed } from './recordings.ts';

const SAMPLE = fileURLToPath(new URL('../../electron/sample/docker0-out-of-zone.recording', import.meta.url));
const made = await readRecording(SAMPLE);
const [, port = 'none'] = /"id":"c0ffee00-\S+?(\d{4})"/.exec(JSON.stringify(made.machine)) ?? [];
const fault = 'fw-docker0-not-in-zone';
/** As `--json` prints it, and whoever reads that parses it. */
const run = RunJson.parse(JSON.parse(JSON.stringify(runJson(await replayed(made, fault), 'en'))));
const recorded = { fault, lab: { suite: 'bookworm', port: Number(port) }, run };

it('keeps a run with its words in both languages, as if the suite’s own machine had been diagnosed', async () => {
  const { recording, words } = await scrubbed(made, recorded);
  expect(JSON.stringify(recording.machine)).toMatch(/-000000002512".*"hostPort":2512.*127\.0\.0\.1:3512/);
  expect(recording.entries).toEqual(made.entries);
  expect(JSON.parse(words)).toMatchObject({
    exit: 1,
    verdict: 'problem',
    troubles: [],
    causes: [
      { id: 'firewalld-interface-not-in-zone', says: { 'zh-CN': expect.stringContaining('docker0') } },
    ],
  });
});

it('does not keep what replays otherwise than it was', async () => {
  const other = { ...recorded, run: { ...run, verdict: 'healthy' as const } };
  await expect(scrubbed(made, other)).rejects.toThrow(/replays otherwise: .*healthy.* ↔ .*problem/);
});

it('does not keep what does not answer today’s scripts', async () => {
  const text = recordingText(made);
  const entries = made.entries.map((entry) => ({ ...entry, script: entry.script.replace('nft', 'nft2') }));
  expect(recordingText({ ...made, entries })).not.toBe(text);
  await expect(scrubbed({ ...made, entries }, recorded)).rejects.toThrow(
    /no answer for “.+”.*npm run bench:faults -- --record --only fw-docker0-not-in-zone/,
  );
});

it('does not keep what a slow guest left out', async () => {
  const entries = made.entries.map((entry) =>
    entry.kind === 'exec' && entry.answer.stdout.includes('@@namespaces')
      ? {
          ...entry,
          answer: {
            ...entry.answer,
            stdout: entry.answer.stdout.replace('\n@@sockets', '\n@@left 7\n@@sockets'),
          },
        }
      : entry,
  );
  expect(entries).not.toEqual(made.entries);
  await expect(scrubbed({ ...made, entries }, recorded)).rejects.toThrow('it is not whole');
});

it('does not keep what gives somebody away', async () => {
  const [first, ...rest] = made.entries;
  if (first?.kind !== 'exec') throw new Error('the sample has another first entry');
  const leaky = { ...first, answer: { ...first.answer, stderr: '-----BEGIN OPENSSH PRIVATE KEY-----' } };
  await expect(scrubbed({ ...made, entries: [leaky, ...rest] }, recorded)).rejects.toThrow(
    'there is a private key in it',
  );
});
