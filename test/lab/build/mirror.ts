import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, run } from '../run.ts';

const APT = '/etc/apt';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The Debian mirror this machine's own apt uses (no host name is written down in the project). */
export function debianMirror(): string {
  const lists = join(APT, 'sources.list.d');
  const files = [join(APT, 'sources.list')];
  if (existsSync(lists)) files.push(...readdirSync(lists).map((name) => join(lists, name)));
  for (const file of files.filter((name) => existsSync(name))) {
    const found = readFileSync(file, 'utf8').match(/^[^#\n]*?(https?:\/\/\S+\/debian)\/?(?:\s|$)/m);
    if (found?.[1]) return found[1];
  }
  throw new LabError('No Debian mirror was found in the configuration of apt on this machine.');
}

/** One line of sources.list. */
export function source(url: string, suite: string, components: string): string {
  return `deb [signed-by=${KEYRING}] ${url} ${suite} ${components}`;
}

/** The suite's sources, with the security pocket where the mirror still has it. */
export async function suiteSources(suite: string): Promise<string[]> {
  const mirror = debianMirror();
  const security = `${mirror}-security`;
  const head = await run('curl', ['-sfI', '-m', '10', `${security}/dists/${suite}-security/Release`]);
  const sources = [source(mirror, suite, 'main')];
  if (head.code === 0) sources.push(source(security, `${suite}-security`, 'main'));
  return sources;
}
