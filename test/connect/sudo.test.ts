import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { childIo } from '../../electron/connect/child-io.ts';
import { Lane } from '../../electron/connect/lane.ts';
import { startLane } from '../../electron/connect/lane-start.ts';
import { findRoot } from '../../electron/connect/root-access.ts';
import { EXEC_RUNNER, FIRST_LINE } from '../../electron/connect/runner-sh.ts';
import type { AskPassword } from '../../electron/connect/sudo.ts';
import { sh } from './conformance.ts';

const dir = mkdtempSync(join(tmpdir(), 'culprit-sudo-'));
afterAll(() => rmSync(dir, { recursive: true }));

/**
 * A sudo that knows one password. `-n` fails as sudo's does; three tries; every call's arguments and environment go to
 * a file.
 */
function fakeSudo(before = ''): string {
  const script = `#!/bin/sh
{ echo "$@"; env; } >>'${dir}/seen'
${before}
if [ "$1" = -n ]; then echo 'sudo: a password is required' >&2; exit 1; fi
[ "$1" = -S ] && prompt=$3
shift 3
echo 'We trust you have received the usual lecture.' >&2
for try in 1 2 3; do
  printf '%s' "$prompt" >&2
  IFS= read -r password || { echo 'sudo: no password was provided' >&2; exit 1; }
  [ "$password" = sesame ] && exec "$@"
  echo 'Sorry, try again.' >&2
done
echo 'sudo: 3 incorrect password attempts' >&2
exit 1
`;
  writeFileSync(join(dir, 'seen'), '');
  writeFileSync(join(dir, 'sudo'), script);
  chmodSync(join(dir, 'sudo'), 0o755);
  return dir;
}

async function tryRoot(path: string, askPassword?: () => Promise<string | undefined>) {
  let opened = 0;
  const lanes: Lane[] = [];
  const open = async (ask?: AskPassword) => {
    opened += 1;
    const child = spawn('/bin/sh', ['-c', FIRST_LINE], {
      detached: true,
      env: { PATH: `${path}:/usr/bin:/bin` },
    });
    const lane = new Lane(
      await startLane(childIo(child), { runner: EXEC_RUNNER, mode: 'auto', overSsh: false, sudo: { ask } }),
    );
    lanes.push(lane);
    return lane;
  };
  const found = await findRoot(askPassword, open);
  const says = await found.lane?.run(sh('echo hello'));
  for (const lane of lanes) lane.close();
  return { root: found.root, says: says?.stdout, opened };
}

describe('becoming root', () => {
  it('answers the prompt with the password, and shows it to nobody else', async () => {
    const { root, says } = await tryRoot(fakeSudo(), async () => 'sesame');
    expect(root).toEqual({ how: 'sudo' });
    expect(says).toBe('hello\n');
    expect(readFileSync(join(dir, 'seen'), 'utf8')).not.toContain('sesame');
  });

  it('tells a wrong password, and tries it once', async () => {
    const { root, opened } = await tryRoot(fakeSudo(), async () => 'wrong');
    expect(root).toMatchObject({
      how: 'none',
      why: 'wrong-password',
      detail: expect.stringContaining('try again'),
    });
    expect(opened).toBe(1);
  });

  it('asks nobody for a password where sudo wants none', async () => {
    const path = fakeSudo('shift 3; exec "$@"');
    const asked = async () => {
      throw new Error('asked');
    };
    expect(await tryRoot(path, asked)).toMatchObject({ root: { how: 'sudo' }, says: 'hello\n' });
  });

  it('does without when no password is given', async () => {
    const wanted = { how: 'none', why: 'password-needed', detail: 'sudo: a password is required' };
    expect((await tryRoot(fakeSudo())).root).toEqual(wanted);
    const { root } = await tryRoot(fakeSudo(), async () => undefined);
    expect(root).toMatchObject({ how: 'none', why: 'password-needed' });
  });

  it.each([
    [
      'not-allowed',
      '[ "$1" = -S ] && { printf %s "$3" >&2; read -r p; echo "dev is not in the sudoers file." >&2; exit 1; }',
    ],
    ['requiretty', 'echo "sudo: sorry, you must have a tty to run sudo" >&2; exit 1'],
    // As sudo-rs 0.2.15 says it, Ubuntu's sudo since 25.10.
    ['not-allowed', `echo "sudo: I'm sorry dev. I'm afraid I can't do that" >&2; exit 1`],
    ['password-needed', 'echo "sudo: interactive authentication is required" >&2; exit 1'],
    [
      'wrong-password',
      '[ "$1" = -S ] && { printf "[sudo: %s] Password: " "$3" >&2; read -r p; echo "sudo: Authentication failed, try again." >&2; exit 1; }',
    ],
  ])('says %s', async (why, before) => {
    const { root } = await tryRoot(fakeSudo(before), async () => 'sesame');
    expect(root).toMatchObject({ how: 'none', why });
  });

  it('says that there is no sudo', async () => {
    const path = fakeSudo('echo "/bin/sh: 1: exec: sudo: not found" >&2; exit 127');
    expect((await tryRoot(path)).root).toMatchObject({ how: 'none', why: 'no-sudo' });
  });
});
