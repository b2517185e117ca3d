import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../paths.ts';
import { LabError, run } from '../run.ts';
import { debianMirror, source } from './mirror.ts';

const SUITE = 'sid'; // the only one whose contrib has VirtualBox
const COMPONENTS = 'main,contrib';
/** `locales`: with a locale it does not have, VBoxManage cuts its output at the first letter outside ASCII. */
const PACKAGES = 'virtualbox,locales';

/** A Debian tree with the real VBoxManage; built once, under a minute and a half. */
export async function ensureVboxChroot(say: (line: string) => void): Promise<string> {
  const hash = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 12);
  const root = join(cacheDir(), 'vbox', hash);
  if (existsSync(root)) return root;
  say(`installing VirtualBox's VBoxManage in a chroot (once); log: ${root}.log`);
  const draft = `${root}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(cacheDir(), 'vbox'), { recursive: true });
  const logFd = openSync(`${root}.log`, 'w');
  const args = ['-n', '5', 'mmdebstrap', '--variant=apt', `--components=${COMPONENTS}`, '--format=directory'];
  args.push(`--include=${PACKAGES}`, '--aptopt=Acquire::Check-Valid-Until "false"');
  args.push('--aptopt=APT::Install-Recommends "false"');
  for (const part of ['man', 'doc']) args.push(`--dpkgopt=path-exclude=/usr/share/${part}/*`);
  args.push('--customize-hook=chroot "$1" localedef -i en_US -f UTF-8 en_US.UTF-8');
  args.push(SUITE, draft, source(debianMirror(), SUITE, COMPONENTS.replace(',', ' ')));
  const built = await run('nice', args, { logFd });
  if (built.code !== 0) throw new LabError(`mmdebstrap could not install VirtualBox; see ${root}.log.`);
  renameSync(draft, root);
  return root;
}
