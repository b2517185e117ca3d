import { accessSync, constants, statSync } from 'node:fs';
import { homedir, constants as os, userInfo } from 'node:os';
import { Trouble } from '../../../shared/trouble.ts';
import type { Pty, PtyEnd, PtySize } from '../../connect/pty.ts';
import { TERM } from '../../connect/ssh-terminal.ts';
import { CULPRIT_VERSION } from '../../version.ts';

/** A shell that ignores being hung up is ended after so many milliseconds. */
const CLOSE_MS = 1000;
/** Variables of whoever started Culprit that are none of a shell's business. */
const OURS = /^(?:ELECTRON_|NODE_|npm_|INIT_CWD$|CULPRIT_|CHROME_|VITEST|TERM_|COLUMNS$|LINES$|TMUX|STY$)/;

interface Computer {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
}

/** Opens the user's login shell on this computer. Throws Troubles `local-shell-missing` and `terminal-unavailable`. */
export async function openLocalPty({ platform, env }: Computer, size: PtySize): Promise<Pty> {
  // Loaded when it is needed: a part made for another system or not built at all must not keep the window from opening.
  const { spawn } = await import('node-pty').catch((error: Error) => {
    throw new Trouble('local-shell-missing', { detail: firstLine(error) }, { cause: error });
  });
  const home = homedir();
  let child: ReturnType<typeof spawn>;
  try {
    child = spawn(loginShell(platform, env), ['-l'], {
      ...size,
      name: TERM,
      cwd: isFolder(home) ? home : '/',
      env: shellEnv(platform, env),
    });
  } catch (error) {
    throw new Trouble('terminal-unavailable', { detail: firstLine(error as Error) }, { cause: error });
  }
  let over = false;
  const gone = new Promise<PtyEnd>((resolve) => {
    child.onExit(({ exitCode: code, signal }) => {
      over = true;
      resolve(signal ? { signal: signalName(signal) } : { code });
    });
  });
  return {
    onData: (listener) => {
      child.onData(listener);
    },
    onEnd: (listener) => {
      void gone.then(listener);
    },
    write: (text) => {
      if (!over) child.write(text);
    },
    resize: ({ cols, rows }) => {
      if (!over) child.resize(cols, rows);
    },
    pause: () => child.pause(),
    resume: () => child.resume(),
    close: async () => {
      if (over) return;
      // Unread output would keep it from being over.
      child.resume();
      child.kill('SIGHUP');
      const late = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      await gone;
      clearTimeout(late);
    },
  };
}

function signalName(number: number): string {
  return Object.entries(os.signals).find(([, one]) => one === number)?.[0] ?? `${number}`;
}

/** The user's own; a GUI application may not have been told. */
function loginShell(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  const usual = platform === 'darwin' ? ['/bin/zsh'] : ['/bin/bash'];
  const candidates = [env.SHELL, registered(), ...usual];
  return candidates.find((path) => path?.startsWith('/') && isProgram(path)) ?? '/bin/sh';
}

function registered(): string | undefined {
  try {
    return userInfo().shell ?? undefined;
  } catch {
    return undefined;
  }
}

/** launchd often gives no language; without one a shell takes every other character for garbage. */
function shellEnv(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !OURS.test(entry[0]),
  );
  const lang = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return {
    ...Object.fromEntries(kept),
    ...(lang ? {} : { LANG: platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8' }),
    COLORTERM: 'truecolor',
    TERM_PROGRAM: 'Culprit',
    TERM_PROGRAM_VERSION: CULPRIT_VERSION,
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function firstLine(error: Error): string {
  return (error.message.split('\n')[0] ?? '').slice(0, 300);
}
