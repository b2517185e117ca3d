import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A port at which somebody takes connections and never says a word: a run hangs in its first step. */
let silent: Server;
let child: ChildProcess;

beforeEach(async () => {
  silent = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  child.kill('SIGKILL');
  silent.close();
});

async function hangingRun(): Promise<{ stderr: () => string; ended: Promise<number | null> }> {
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));
  const args = ['--import', 'tsx', cli, '--host', '127.0.0.1', '--port', port, '--user', 'x', '--json'];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // The connection shows that the run is under way.
  await new Promise((resolve) => silent.once('connection', resolve));
  return { stderr: () => text, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s cancels at once, with exit code 130', async (signal) => {
  const run = await hangingRun();
  child.kill(signal);
  expect(await run.ended).toBe(130);
  expect(run.stderr()).toContain('Cancelling');
});
