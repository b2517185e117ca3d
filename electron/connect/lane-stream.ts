import { Trouble } from '../../shared/trouble.ts';
import type { Answer, Command, GuestStream } from './guest.ts';
import { checkScript, ending } from './lane.ts';
import type { StartedLane } from './lane-start.ts';
import type { LaneWire } from './lane-wire.ts';
import { LineQueue } from './line-queue.ts';
import { LineSplitter } from './line-splitter.ts';
import { refusedAnswer } from './refused.ts';

/** Starts a stream runner with these variables: `s` the script, `t` the time limit in seconds. */
export type StreamOpener = (variables: Record<string, string>, signal: AbortSignal) => Promise<StartedLane>;

/**
 * Runs a command with a standard input on a lane of its own, which `open` starts (absent: it is refused, for want of root).
 * Whoever stops pulling lines ends the command; then, and when the signal aborts, `done` rejects with `cancelled`.
 */
export function laneStream(
  command: Command,
  open: StreamOpener | undefined,
  signal?: AbortSignal,
): GuestStream {
  const variables = { s: checkScript(command.script), t: String((command.timeoutMs ?? 0) / 1000) };
  const stop = new AbortController();
  const abort = () => stop.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });

  let wire: LaneWire | undefined;
  const unsent: string[] = [];
  const send = (frame: string) => {
    if (wire) wire.write(frame);
    else unsent.push(frame);
  };
  const lines = new LineQueue((on) => (on ? wire?.resume() : wire?.pause()), abort);
  const began = performance.now();

  const run = async (): Promise<Answer> => {
    if (!open) return refusedAnswer();
    const lane = await open(variables, stop.signal);
    wire = lane.wire;
    const ended = follow(lane, lines, stop.signal);
    for (const frame of ['go\n', ...unsent.splice(0)]) wire.write(frame);
    const code = await ended;
    const how = ending(code, performance.now() - began, command.timeoutMs ?? 0);
    return { ...how, stdout: '', stderr: '', truncated: false };
  };
  const done = run().finally(() => signal?.removeEventListener('abort', abort));
  done.then(
    () => lines.finish(),
    (error) => lines.finish(error),
  );
  return { lines, write: (text) => writeFrames(text, send), end: () => send('E\n'), done };
}

/** Hands the lines on until both end markers came; gives the exit code. */
function follow({ wire, nonce }: StartedLane, lines: LineQueue, signal: AbortSignal): Promise<number> {
  const out = new LineSplitter(`${nonce} 0`, (text) => lines.push({ from: 'out', text }));
  const err = new LineSplitter(`${nonce} 0`, (text) => lines.push({ from: 'err', text }));
  return new Promise((resolve, reject) => {
    const abort = () => wire.close(new Trouble('cancelled'));
    const settle = (): boolean => {
      if (out.end === undefined || err.end === undefined) return false;
      signal.removeEventListener('abort', abort);
      wire.take(undefined, undefined, undefined);
      wire.close(new Trouble('connection-lost'));
      resolve(Number(out.end));
      return true;
    };
    signal.addEventListener('abort', abort, { once: true });
    wire.take(
      (chunk) => out.push(chunk) && settle(),
      (chunk) => err.push(chunk) && settle(),
      (trouble) => {
        signal.removeEventListener('abort', abort);
        reject(trouble);
      },
    );
    if (signal.aborted) abort();
  });
}

/** A line at a time, as the runner reads it; a last piece without a line end is marked as such. */
function writeFrames(text: string, send: (frame: string) => void): void {
  const pieces = text.split('\n');
  const last = pieces.pop();
  for (const piece of pieces) send(`=${piece}\n`);
  if (last) send(`+${last}\n`);
}
