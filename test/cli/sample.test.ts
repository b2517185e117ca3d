import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRecording } from '../../electron/connect/recording-file.ts';
import { replayGuest } from '../../electron/connect/replay-guest.ts';
import { machineOfRecording, replayFromMac } from '../../electron/door/recorded-machine.ts';
import { reportMarkdown } from '../../electron/report/markdown.ts';
import { diagnose } from '../../electron/run.ts';
import { runJson } from '../../shared/run-json.ts';

const SAMPLE = fileURLToPath(new URL('../../electron/sample/docker0-out-of-zone.recording', import.meta.url));

it('the bundled sample leads to the rule of the original case, in both languages', async () => {
  const recording = await readRecording(SAMPLE);
  const machine = machineOfRecording(recording.machine);
  if (!machine) throw new Error('the sample does not say what it is of');
  const { id, name, targets, forwards, fromMac } = machine;
  const run = await diagnose(
    {
      machine: { kind: 'recording', id, name },
      targets,
      forwards,
      tryFromMac: replayFromMac(fromMac),
      connect: async () => replayGuest(recording),
    },
    () => undefined,
    new AbortController().signal,
  );
  expect(run.troubles).toEqual([]);
  expect(run.causes[0]).toMatchObject({
    id: 'firewalld-interface-not-in-zone',
    grade: 'traced',
    owner: 'firewalld',
    where: { family: 'inet', table: 'firewalld', chain: 'filter_FWD_public', handle: 101 },
  });
  expect(run.residue).toMatchObject({ checked: true, rules: [], sysctls: [], interfaces: [], processes: [] });
  expect(runJson(run, 'en').verdict).toBe('problem');
  expect(reportMarkdown(run, 'en')).toContain('docker0 is in no zone and falls to the default zone public');
  expect(reportMarkdown(run, 'zh-CN')).toContain('docker0 不属于任何区域');
});
