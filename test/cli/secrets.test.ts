import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PasswordServer } from '../connect/password-server.ts';
import { processesWhoseEnvironmentHas, processesWith } from '../connect/processes.ts';

const CLI = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));
const SUDO = 'open sesame';

let server: PasswordServer;
let folder: string;

beforeEach(async () => {
  server = await new PasswordServer().start(SUDO);
  folder = mkdtempSync(join(tmpdir(), 'culprit-secrets-'));
});
afterEach(async () => {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('passwords stand in no command line, environment, recording, report, log or answer', async () => {
  const secrets = [server.password, SUDO];
  const recording = join(folder, 'run.recording');
  const report = join(folder, 'run.md');
  const machine = ['--host', '127.0.0.1', '--port', String(server.port), '--user', 'dev'];
  const kept = ['--json', '--record', recording, '--report', report];
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CLI, ...machine, '--ask-password', '--ask-sudo', ...kept],
    { env: { ...process.env, CULPRIT_DATA: join(folder, 'data') } },
  );
  let told = '';
  for (const out of [child.stdout, child.stderr])
    out.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
  child.stdin.end(`${secrets.join('\n')}\n`);
  const exposed = new Set<string>();
  let sawItself = false;
  const look = setInterval(() => {
    sawItself ||= processesWith(recording).includes(child.pid ?? -1);
    for (const secret of secrets) {
      if (processesWith(secret).length > 0) exposed.add(`command line: ${secret}`);
      if (processesWhoseEnvironmentHas(secret).length > 0) exposed.add(`environment: ${secret}`);
    }
  }, 50);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(look);

  expect(server.got, told).toEqual([server.password]);
  expect(told).toMatch(/"schema": ?"culprit\.run\/1"/);
  expect([existsSync(recording), existsSync(report)]).toEqual([true, true]);
  expect({ sawItself, exposed: [...exposed] }).toEqual({ sawItself: true, exposed: [] });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  for (const secret of secrets) expect([...files, told].join('\n')).not.toContain(secret);
}, 120_000);
