import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { Text } from '../../shared/text.ts';
import { SECURITY_KEY } from './key-phrases.ts';
import type { KeyFile } from './ssh-keys.ts';

const LIST_MS = 5000;

const CERTIFICATE: Text = {
  en: 'a certificate, which Culprit can’t use: it logs in with plain keys and passwords',
  'zh-CN': '证书，Culprit 无法使用：它只能用普通密钥和密码登录',
};

/** Something that is there to log in with, and why it was not tried. */
export interface Unused {
  /** A file, or `ssh-agent`. */
  at: string;
  detail: Text;
}

interface Means {
  files: readonly KeyFile[];
  /** Certificates that the configuration names. */
  certificates: readonly string[];
  /** Sockets of agents. */
  agents: readonly string[];
}

/** What may have let us in, had we been able to use it: certificates first, for they lie there only to be used. */
export async function unusedKey({ files, certificates, agents }: Means): Promise<Unused | undefined> {
  const own = files.filter((file) => file.public?.type.includes('-cert-'));
  const paths = [
    ...certificates,
    ...own.map(({ path }) => path),
    ...files.map(({ path }) => `${path}-cert.pub`),
  ];
  for (const at of paths) if (await isThere(at)) return { at, detail: CERTIFICATE };
  const kinds = (await Promise.all(agents.map(kindsIn))).flat();
  if (kinds.some((kind) => kind.includes('-cert-'))) return { at: 'ssh-agent', detail: CERTIFICATE };
  for (const file of files) {
    if (file.problem === 'unreadable' && typeof file.detail === 'object')
      return { at: file.path, detail: file.detail };
  }
  if (kinds.some((kind) => kind.startsWith('sk-'))) return { at: 'ssh-agent', detail: SECURITY_KEY };
  return undefined;
}

/** The kinds of key that an agent has; ssh2 leaves out those that it does not know. None where it does not tell. */
function kindsIn(socket: string): Promise<string[]> {
  const options = { timeout: LIST_MS, env: { ...process.env, SSH_AUTH_SOCK: socket } };
  return new Promise((resolve) => {
    execFile('ssh-add', ['-L'], options, (_error, printed) =>
      resolve(printed.split('\n').map((line) => line.split(' ')[0] ?? '')),
    );
  });
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
