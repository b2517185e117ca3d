import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TestSshd } from './sshd.ts';

/** What these tests drive beside sshd, as root. */
const PROGRAMS = ['sudo', 'fish', 'zsh', 'openssl', 'unshare'].map((name) => `/usr/bin/${name}`);
export const canHaveAccounts =
  process.getuid?.() === 0 &&
  PROGRAMS.every((path) => existsSync(path)) &&
  spawnSync('unshare', ['--mount', 'true']).status === 0;

/** What /bin/sh is: on Debian, on Alpine, and on EL, openSUSE and Arch. */
export const SYSTEM_SHELLS = ['/usr/bin/dash', '/bin/busybox', '/usr/bin/bash'].filter((path) =>
  existsSync(path),
);

/** Of every account; in no other test, for it is searched for. */
export const PASSWORD = 'korrekt horse 7f3a';
const FIRST_UID = 61_300;

export interface Account {
  name: string;
  shell: string;
  /** Files of the home folder. */
  home?: Record<string, string>;
}

interface Surroundings {
  /** Lines of /etc/sudoers. */
  sudoers?: string;
  /** Lines of sshd's configuration. */
  sshd?: readonly string[];
  /** The program that is /bin/sh there. */
  sh?: string | undefined;
}

/**
 * A real sshd with real accounts and a real sudo that knows them, none of which this computer has: they see other files
 * in the place of /etc/passwd, /etc/shadow, /etc/group and /etc/sudoers, in a mount namespace of their own.
 */
export class Accounts {
  readonly sshd = new TestSshd();

  async start(
    accounts: readonly Account[],
    { sudoers = '', sshd = [], sh }: Surroundings = {},
  ): Promise<this> {
    const { dir } = this.sshd;
    chmodSync(dir, 0o755);
    const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: PASSWORD, encoding: 'utf8' });
    const lines = { passwd: '', shadow: '', group: '' };
    for (const [n, { name, shell, home = {} }] of accounts.entries()) {
      const uid = FIRST_UID + n;
      const folder = join(dir, name);
      mkdirSync(folder);
      lines.passwd += `${name}:x:${uid}:${uid}::${folder}:${shell}\n`;
      lines.shadow += `${name}:${hash.trim()}:19000:0:99999:7:::\n`;
      lines.group += `${name}:x:${uid}:\n`;
      for (const [file, text] of Object.entries(home)) writeFileSync(join(folder, file), text);
      for (const path of [folder, ...Object.keys(home).map((file) => join(folder, file))]) {
        chownSync(path, uid, uid);
      }
    }
    for (const [file, more] of Object.entries(lines)) {
      writeFileSync(join(dir, file), readFileSync(join('/etc', file), 'utf8') + more, { mode: 0o640 });
      chmodSync(join(dir, file), file === 'shadow' ? 0o640 : 0o644);
    }
    writeFileSync(
      join(dir, 'sudoers'),
      `Defaults env_reset\nDefaults !lecture\nroot ALL=(ALL) ALL\n${sudoers}\n`,
      { mode: 0o440 },
    );
    mkdirSync(join(dir, 'nothing'));
    const over = [
      ...[...Object.keys(lines), 'sudoers'].map((file) => [join(dir, file), `/etc/${file}`]),
      [join(dir, 'nothing'), '/etc/sudoers.d'],
      ...(sh === undefined ? [] : [[sh, realpathSync('/bin/sh')]]),
    ];
    const mounts = over.map(([from, to]) => `mount --bind '${from}' '${to}'`);
    // Nobody's password from before counts.
    const script = `mkdir -p /run/sudo && ${[...mounts, 'mount -t tmpfs none /run/sudo'].join(' && ')} && exec "$@"`;
    // Not by sh, which is another program when the mounts are made.
    const inside = ['unshare', '--mount', '--propagation', 'private', '/bin/bash', '-c', script, 'sh'];
    await this.sshd.start(sshd, inside);
    return this;
  }

  remove(): Promise<void> {
    return this.sshd.remove();
  }
}

/** A folder of all that is on a usual path, but for some. */
export function pathWithout(folder: string, ...without: string[]): string {
  mkdirSync(folder);
  for (const from of ['/usr/bin', '/usr/sbin']) {
    for (const name of readdirSync(from)) {
      if (without.includes(name) || existsSync(join(folder, name))) continue;
      symlinkSync(join(from, name), join(folder, name));
    }
  }
  return folder;
}
