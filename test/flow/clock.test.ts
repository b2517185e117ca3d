import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const TRY = readFileSync(new URL('../../electron/flow/try.sh', import.meta.url), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'culprit-clock-'));
const server = createServer((socket) => socket.on('error', () => undefined));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(scratch, { recursive: true });
});

/** What try.sh prints with these lines of bash behind it, in a session of its own, for it ends its whole group. */
async function tried(lines: string): Promise<string> {
  const bash = spawn('bash', ['-c', `${TRY}\n${lines}`], {
    detached: true,
    cwd: scratch,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  bash.stdout.on('data', (text) => (printed += text));
  await once(bash, 'close');
  return printed;
}

it.each([
  ['back', -3600],
  ['on', 3600],
])('a flow has its time though somebody sets the clock %s meanwhile', async (_, seconds) => {
  const { port } = server.address() as AddressInfo;
  // what bash has in both is the clock, which a test can't set
  const printed = await tried(`
    unset EPOCHREALTIME
    date() { if [ -e asked ]; then echo $((2000000000000 + ${seconds} * 1000000)); else : >asked; echo 2000000000000; fi; }
    SECONDS=$((SECONDS + ${seconds}))
    peek 0 127.0.0.1 ${port} &
    sleep 60 &
    expire 1
  `);
  rmSync(join(scratch, 'asked'), { force: true });
  expect(printed).toMatch(/^F\t0\t\d+\tconnected\t$/m);
});
