import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keyPath } from '../paths.ts';
import { LabError, must, run } from '../run.ts';
import { GUEST_PACKAGES, type Suite } from '../suites.ts';
import { suiteSources } from './mirror.ts';

const here = import.meta.dirname;

/** A built guest: kernel, initrd and the raw disk every machine's overlay stands on. */
export interface Image {
  readonly dir: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly disk: string;
}

/** Every package of the suite, as mmdebstrap wants them. */
export function packagesOf(suite: Suite): string {
  return [...GUEST_PACKAGES, ...suite.extraPackages].join(',');
}

/** Installs the suite into `root`. An old suite's security pocket can be incomplete: then without it. */
export async function bootstrap(suite: Suite, root: string, logFd: number): Promise<void> {
  const sources = await suiteSources(suite.name);
  for (const attempt of [sources, sources.slice(0, 1)]) {
    rmSync(root, { recursive: true, force: true });
    const args = ['-n', '5', 'mmdebstrap', '--variant=important', '--components=main', '--format=directory'];
    args.push(`--include=${packagesOf(suite)}`, '--aptopt=Acquire::Check-Valid-Until "false"');
    args.push('--aptopt=APT::Install-Recommends "false"');
    for (const part of ['man', 'locale', 'doc']) args.push(`--dpkgopt=path-exclude=/usr/share/${part}/*`);
    for (const script of ['guest-setup.sh', 'guest-first.sh'])
      args.push(`--customize-hook=upload "${join(here, script)}" /root/${script}`);
    args.push(`--customize-hook=upload "${keyPath()}.pub" /root/lab.pub`);
    args.push('--customize-hook=chroot "$1" sh /root/guest-setup.sh', suite.name, root, ...attempt);
    if ((await run('nice', args, { logFd })).code === 0) return;
  }
  throw new LabError(`mmdebstrap could not build ${suite.name}; its log is in the cache's images directory.`);
}

/** Makes the ext4 disk from the tree, then drops the tree. */
export async function makeDisk(image: Image, logFd: number): Promise<void> {
  const root = join(image.dir, 'rootfs');
  const boot = readdirSync(join(root, 'boot'));
  for (const [prefix, to] of [
    ['vmlinuz-', image.kernel],
    ['initrd.img-', image.initrd],
  ] as const) {
    const name = boot.find((file) => file.startsWith(prefix));
    if (!name) throw new LabError(`The built tree has no /boot/${prefix}*.`);
    await must('cp', [join(root, 'boot', name), to]);
  }
  await must('truncate', ['-s', '5G', image.disk]);
  await must('nice', ['mkfs.ext4', '-q', '-d', root, image.disk], { logFd });
  rmSync(root, { recursive: true, force: true });
}
