import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { Trouble } from '../../shared/trouble.ts';

/** A call can stall for exactly 10 s and be right all the same. Milliseconds. */
const LIMIT_MS = 30_000;
const MAX_BYTES = 16 * 1024 * 1024;

const MAC_PLACES = [
  '/Applications/VirtualBox.app/Contents/MacOS/VBoxManage',
  '/usr/local/bin/VBoxManage',
  '/opt/homebrew/bin/VBoxManage',
];
/** The binary before Debian's wrapper, which prints warnings on stdout. */
const LINUX_PLACES = ['/usr/lib/virtualbox/VBoxManage', '/usr/bin/VBoxManage'];

/** What VBoxManage gets to see of our environment; `PATH` only for its own helpers. */
const KEPT_ENV = ['HOME', 'USER', 'LOGNAME', 'TMPDIR', 'VBOX_USER_HOME', 'VBOX_IPC_SOCKETID'];

/** Calls VBoxManage with these arguments; gives what it printed on stdout. */
export type VBoxManage = (args: readonly string[], signal?: AbortSignal) => Promise<string>;

/** What VBoxManage said when it did not succeed: exit code, and its first error line and result code. */
export class VBoxManageError extends Error {
  constructor(
    readonly exit: number | string,
    readonly stderr: string,
  ) {
    super(firstError(stderr) || `exit ${exit}`);
  }
}

/**
 * Finds VBoxManage where CULPRIT_VBOXMANAGE says, or else where the person chose, or else at its usual places; PATH is
 * never searched. Throws Trouble `vboxmanage-missing`. The calls throw `VBoxManageError`, and Trouble `cancelled`.
 */
export async function findVBoxManage(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  chosen?: string,
): Promise<VBoxManage> {
  const own = env.CULPRIT_VBOXMANAGE;
  const usual = platform === 'linux' ? [...LINUX_PLACES, ...MAC_PLACES] : MAC_PLACES;
  const places = own ? [own] : chosen ? [chosen, ...usual] : usual;
  for (const place of places) {
    if (isAbsolute(place) && (await isExecutable(place))) return caller(place, env);
  }
  throw new Trouble('vboxmanage-missing', { tried: places });
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function caller(path: string, env: NodeJS.ProcessEnv): VBoxManage {
  const kept = KEPT_ENV.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  // In a locale that is not UTF-8 it cuts its output at the first other character, and exits with 0.
  const childEnv = { ...Object.fromEntries(kept), PATH: '/usr/bin:/bin', LC_ALL: 'en_US.UTF-8' };
  return (args, signal) =>
    new Promise((resolve, reject) => {
      const options = {
        env: childEnv,
        timeout: LIMIT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_BYTES,
        ...(signal && { signal }),
      } as const;
      execFile(path, args, options, (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (signal?.aborted) reject(new Trouble('cancelled'));
        else reject(new VBoxManageError(error.killed ? 'timeout' : (error.code ?? 'killed'), stderr));
      });
    });
}

function firstError(stderr: string): string {
  const said = /^VBoxManage: error: (.*)$/m.exec(stderr)?.[1] ?? '';
  const code = /^VBoxManage: error: Details: code (\S+)/m.exec(stderr)?.[1];
  return code ? `${said} (${code})` : said;
}
