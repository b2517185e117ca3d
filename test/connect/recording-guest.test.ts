import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { parseRecording, readRecording, writeRecording } from '../../electron/connect/recording-file.ts';
import { recordingGuest } from '../../electron/connect/recording-guest.ts';
import { replayGuest } from '../../electron/connect/replay-guest.ts';
import { collect, conformance, conformanceReplayed, sh } from './conformance.ts';

const open = async () =>
  recordingGuest(await localGuest(), { culprit: '0.0.0-test', machine: { name: 'x' } });

conformance('recording', open);
conformanceReplayed('replay', open, async (guest) => replayGuest(guest.recording()));

describe('a recording', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'culprit-recording-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  async function recorded() {
    const guest = await open();
    await guest.exec(sh('echo "a\nb"'));
    await collect(guest.stream(sh('echo c; echo d >&2', { asRoot: false })));
    await guest.close();
    return guest.recording();
  }

  it('comes back from its file as it was, compact', async () => {
    const recording = await recorded();
    const path = join(dir, 'whole');
    await writeRecording(path, recording);
    expect(await readRecording(path)).toEqual(recording);
  });

  it('is gzipped where its name says so, and read all the same; cut off or damaged it is noticed', async () => {
    const recording = await recorded();
    const path = join(dir, 'packed.gz');
    await writeRecording(path, recording);
    const packed = await readFile(path);
    expect(packed.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(await readRecording(path)).toEqual(recording);
    await writeFile(path, packed.subarray(0, 40));
    await expect(readRecording(path)).rejects.toMatchObject({ code: 'recording-cut-off' });
    packed.fill(0xff, 40);
    await writeFile(path, packed);
    await expect(readRecording(path)).rejects.toMatchObject({ code: 'recording-unreadable' });
  });

  it('is noticed to be cut off, wherever it is cut', async () => {
    const path = join(dir, 'cut');
    const recording = await recorded();
    await writeRecording(path, recording);
    const text = await readFile(path, 'utf8');
    const head = text.indexOf('\n');
    for (let at = 0; at < text.length; at++) {
      const code = at <= head ? /^recording-(cut-off|unreadable)$/ : /^recording-cut-off$/;
      expect(() => parseRecording(text.slice(0, at), path)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(code) }),
      );
    }
  });

  it('of another version says which', () => {
    const text = '{"schema":"culprit.recording/9"}\n{"end":0}\n';
    expect(() => parseRecording(text, 'x')).toThrow(
      expect.objectContaining({
        code: 'recording-other-version',
        facts: { path: 'x', found: 'culprit.recording/9', wanted: 'culprit.recording/1' },
      }),
    );
  });

  it.each(['', 'hello', '{}\n', '[1]\n{"end":0}\n', '{"schema":"other"}\n'])(
    'is not made up from %j',
    (text) => {
      expect(() => parseRecording(text, 'x')).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^recording-(unreadable|cut-off)$/) }),
      );
    },
  );

  it('that is not there says so', async () => {
    await expect(readRecording(join(dir, 'none'))).rejects.toMatchObject({
      code: 'recording-unreadable',
      facts: { detail: 'ENOENT' },
    });
  });

  it('has no answer for what nobody asked, for root or once too often', async () => {
    const guest = replayGuest(await recorded());
    const lacks = { code: 'recording-lacks-command' };
    await expect(guest.exec(sh('echo other'))).rejects.toMatchObject(lacks);
    await expect(guest.exec(sh('echo "a\nb"', { asRoot: true }))).rejects.toMatchObject(lacks);
    await guest.exec(sh('echo "a\nb"'));
    await expect(guest.exec(sh('echo "a\nb"'))).rejects.toMatchObject(lacks);
    await expect(guest.stream(sh('echo other')).done).rejects.toMatchObject(lacks);
    await expect(collect(guest.stream(sh('echo other')))).rejects.toMatchObject(lacks);
  });

  it('replays a stream that was stopped: its lines, then silence until it is stopped again', async () => {
    const guest = await open();
    const stop = new AbortController();
    const stream = guest.stream(sh('echo a; sleep 60'), stop.signal);
    const iterator = stream.lines[Symbol.asyncIterator]();
    await iterator.next();
    stop.abort();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'cancelled' });
    await guest.close();

    const stopAgain = new AbortController();
    const again = replayGuest(guest.recording()).stream(sh('echo a; sleep 60'), stopAgain.signal);
    const replayed = again.lines[Symbol.asyncIterator]();
    expect((await replayed.next()).value).toEqual({ from: 'out', text: 'a' });
    const next = replayed.next();
    stopAgain.abort();
    await expect(next).rejects.toMatchObject({ code: 'cancelled' });
    await expect(again.done).rejects.toMatchObject({ code: 'cancelled' });
  });
});
