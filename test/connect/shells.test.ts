import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { Accounts, canHaveAccounts, PASSWORD, SYSTEM_SHELLS } from './accounts.ts';
import { sh } from './conformance.ts';
import { processesWith, uniqueSleep, until } from './processes.ts';
import { hasSshd, TestSshd } from './sshd.ts';

/** What people have in the files that a shell reads when sshd runs a command by it. */
const NOISE = `
echo 'Welcome to $HOSTNAME!'; printf '\\033[31mwarning\\033[0m\\r\\n'; echo noise >&2
alias ls='ls --color=always'; alias echo='printf nope'; exec 3>&1; cd /tmp; umask 077; set -o noclobber 2>/dev/null
printf 'no newline at the end'
`;
const FISH_NOISE = `
echo 'Welcome to fish!'; echo noise >&2
function sh; echo hijacked; end
alias echo='printf nope'
set -gx LC_ALL de_DE.UTF-8
`;

describe.skipIf(!canHaveAccounts)('a login shell', () => {
  const accounts = new Accounts();
  const shells = {
    bash: { shell: '/bin/bash', home: { '.bashrc': NOISE, '.bash_profile': NOISE } },
    dash: { shell: '/bin/dash', home: { '.profile': NOISE } },
    ash: { shell: '', home: {} },
    zsh: { shell: '/usr/bin/zsh', home: { '.zshenv': NOISE, '.zshrc': NOISE } },
    fish: { shell: '/usr/bin/fish', home: {} },
  };
  beforeAll(async () => {
    // busybox's ash is chosen by the name that it is called by.
    shells.ash.shell = `${accounts.sshd.dir}/ash`;
    symlinkSync('/bin/busybox', shells.ash.shell);
    await accounts.start(
      Object.entries(shells).map(([name, { shell, home }]) => ({ name: `c-${name}`, shell, home })),
      { sshd: ['PrintMotd yes', `Banner ${accounts.sshd.dir}/key.pub`] },
    );
    mkdirSync(`${accounts.sshd.dir}/c-fish/.config/fish`, { recursive: true });
    writeFileSync(`${accounts.sshd.dir}/c-fish/.config/fish/config.fish`, FISH_NOISE);
  });
  afterAll(() => accounts.remove());

  it.each(['bash', 'zsh', 'fish'])('%s really is noisy here', (name) => {
    const { key, port } = accounts.sshd;
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
    const args = ['-F', 'none', '-i', key, '-p', String(port), ...options.flatMap((one) => ['-o', one])];
    const printed = execFileSync('ssh', [...args, `c-${name}@127.0.0.1`, 'true'], { stdio: 'pipe' });
    expect(printed.toString()).toContain('Welcome');
  });

  it.each(Object.keys(shells))('%s runs what it is told, and its noise is in no answer', async (name) => {
    const guest = await connectSsh(accounts.sshd.options({ user: `c-${name}` }));
    const says = await guest.exec(sh(`echo "$0 it's ok"; pwd; id -un; locale 2>/dev/null | head -1; exit 3`));
    const lines = guest.stream(sh('read -r line; echo "got $line"'));
    lines.write('word\n');
    const streamed: string[] = [];
    for await (const { text } of lines.lines) streamed.push(text);
    await guest.close();
    expect(says).toMatchObject({ code: 3, stderr: '' });
    expect(says.stdout.split('\n').slice(0, 1)).toEqual([expect.stringMatching(/it's ok$/)]);
    expect(says.stdout).toContain(`\nc-${name}\n`);
    expect(says.stdout).not.toMatch(/Welcome|nope|hijacked|noise/);
    expect(streamed).toEqual(['got word']);
  });
});

describe.skipIf(!hasSshd)('a ForceCommand', () => {
  it.each([
    ['hands on what was asked for', 'echo audited >&2; exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"'],
    ['opens bash, whatever was asked for', 'exec /bin/bash'],
  ])('that %s is no hindrance', async (_, command) => {
    const sshd = await new TestSshd().start([`ForceCommand ${command}`]);
    onTestFinished(() => sshd.remove());
    const guest = await connectSsh(sshd.options());
    const says = await Promise.all(['one', 'two'].map((word) => guest.exec(sh(`echo ${word}`))));
    await guest.close();
    expect(says).toMatchObject(['one\n', 'two\n'].map((stdout) => ({ code: 0, stdout, stderr: '' })));
  });
});

describe.skipIf(!canHaveAccounts)('a machine whose /bin/sh is', () => {
  it.each(SYSTEM_SHELLS)('%s runs, limits and ends commands, as root too', async (path) => {
    const accounts = await new Accounts().start([{ name: 'c-dev', shell: '/bin/bash' }], {
      sudoers: 'c-dev ALL=(ALL) ALL',
      sh: realpathSync(path),
    });
    onTestFinished(() => accounts.remove());
    const guest = await connectSsh(
      accounts.sshd.options({ user: 'c-dev', sudoPassword: async () => PASSWORD }),
    );
    const is = await guest.exec(sh('sha256sum </proc/$$/exe; echo "$LC_ALL"; id -u', { asRoot: true }));
    const sleep = uniqueSleep();
    const late = await guest.exec(sh(`sleep ${sleep} & sleep ${sleep}`, { timeoutMs: 1000 }));
    const left = await guest.exec(sh(`printf 'half a line'; printf 'err\\n' >&2; exit 7`));
    const running = guest.exec(sh(`sleep ${sleep}`, { asRoot: true })).catch((error) => error.code);
    await until(() => processesWith(`sleep\0${sleep}`).length > 0, 10_000);
    await guest.close();
    const program = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(is.stdout).toBe(`${program}  -\nC\n0\n`);
    expect(late).toMatchObject({ code: 124, timedOut: true });
    expect(left).toMatchObject({ code: 7, stdout: 'half a line', stderr: 'err\n' });
    expect(await running).toBe('connection-lost');
    await until(() => processesWith(sleep).length === 0, 10_000);
  });
});
