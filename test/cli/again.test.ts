import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { againCommand } from '../../electron/cli/again.ts';
import { main } from '../../electron/cli/main.ts';
import { PasswordServer } from '../connect/password-server.ts';
import { fakeIo, Written } from '../support/fake-io.ts';

describe('the command that takes a run up', () => {
  it.each([
    ['--host h --fix x/1', 'fix', '--host h --fix x/1'],
    ['--host h --fix x/1 --yes --json', 'look', '--host h --json'],
    ['--fix=x/1 --host h', 'look', '--host h'],
    ['--host h --trial', 'look', '--host h'],
    ['--undo 20261126T100357Z-aa50c596 --vm a', 'undo', '--undo 20261126T100357Z-aa50c596 --vm a --start'],
    ['--vm a --start', 'look', '--vm a --start'],
    ['--vm=a', 'look', "'--vm=a' --start"],
  ] as const)('%s, %s', (argv, kind, wanted) => {
    const order = { look: { kind }, fix: { kind, id: 'x/1' }, undo: { kind, run: 'r' } }[kind] as never;
    expect(againCommand(argv.split(' '), order)).toBe(`npm run diagnose -- ${wanted}`);
  });

  it('is quoted for the shell', () => {
    expect(againCommand(['--vm', "it's $HOME"], { kind: 'look' })).toBe(
      `npm run diagnose -- --vm 'it'\\''s $HOME' --start`,
    );
  });
});

it('a machine that goes half-way: what happened, what was learnt, and the command that takes it up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-again-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const server = await new PasswordServer().start();
  onTestFinished(() => server.remove());
  const argv = ['--host', '127.0.0.1', '--port', String(server.port), '--user', 'dev'];
  const asking = ['--ask-password', '--ask-sudo'];
  const run = async (hangsUp: boolean) => {
    const io = fakeIo({ CULPRIT_DATA: folder }, `${server.password}\nopen sesame\n`);
    let hung: Promise<void> | undefined;
    const stderr = new (class extends Written {
      override write(text: string): void {
        super.write(text);
        if (hangsUp && this.text.includes('✓ Connect')) hung ??= server.hangUp();
      }
    })();
    const code = await main([...argv, ...asking], { ...io, stderr });
    await hung;
    return { code, out: io.stdout.text, err: stderr.text };
  };
  const { code, err } = await run(true);
  expect(code).toBe(2);
  expect(err).toContain('The VM closed the connection during the run');
  const words = [...argv, ...asking].join(' ');
  expect(err.trimEnd().split('\n').at(-1)).toBe(`To take it up again: npm run diagnose -- ${words}`);
  const again = await run(false);
  expect(again.out).toMatch(/^(?:Healthy|Problem found|Cannot tell)/m);
  expect(again.err).not.toContain('take it up');
}, 120_000);
