import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { processesWhoseEnvironmentHas, processesWith } from '../connect/processes.ts';
import { hasSshd, TestSshd } from '../connect/sshd.ts';
import { withApp } from './with-app.ts';

/** In no other test, for it is searched for. */
const PASSPHRASE = 'lange Worte 5e1b';

const opened = withApp();

it.skipIf(!hasSshd)('a passphrase opens the key and stands nowhere else', async () => {
  const sshd = await new TestSshd().start();
  onTestFinished(() => sshd.remove());
  const locked = join(sshd.dir, 'locked');
  copyFileSync(sshd.key, locked);
  execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', locked]);
  const { host, app } = opened;
  await app.handlers.state(undefined);
  const { user } = sshd.options();
  const login = { user, identityFile: locked };
  const { machine } = await app.handlers.addHost({ name: 'shop', host: '127.0.0.1', port: sshd.port, login });
  const { run } = await app.handlers.startRun({ machine });
  await app.handlers.watchRun({ run });
  for (const kind of ['first-run', 'host-key-unknown'] as const) {
    const { id } = await host.prompt(kind);
    await app.handlers.answerPrompt({ prompt: id, answer: { action: 'accept' } });
  }
  const { id } = await host.prompt('passphrase');
  const answer = { action: 'secret', secret: PASSPHRASE, remember: true } as const;
  await app.handlers.answerPrompt({ prompt: id, answer });
  await host.until(() =>
    host.events.get(run)?.some((event) => event.type === 'step-ended' && event.step === 'connect'),
  );
  expect(sshd.sessions()).toBeGreaterThan(0);
  const processes = [...processesWith(PASSPHRASE), ...processesWhoseEnvironmentHas(PASSPHRASE)];
  await app.handlers.stopRun({ run });
  await opened.ended(run);
  const files = readdirSync(host.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const told = [...files, ...host.lines, sshd.log, JSON.stringify([host.state, [...host.events]])].join('\n');
  expect(processes).toEqual([]);
  expect(told).toContain(locked);
  expect(told).not.toContain(PASSPHRASE);
});
