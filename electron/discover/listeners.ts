import { execFile } from 'node:child_process';

/** Who listens on TCP ports of this computer. */
export type Listeners = ReadonlyMap<number, readonly string[]>;

const LIMIT_MS = 5000;
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The programs that listen on each TCP port, as far as this user may see them: each port's in order, each once. Empty where
 * it cannot be told.
 */
export async function listeners(
  platform: NodeJS.Platform = process.platform,
  signal?: AbortSignal,
): Promise<Listeners> {
  const [file, args, parse] =
    platform === 'darwin'
      ? (['/usr/sbin/lsof', ['-nP', '+c0', '-iTCP', '-sTCP:LISTEN', '-Fcn'], parseLsof] as const)
      : (['/usr/bin/ss', ['-Hltnp'], parseSs] as const);
  const options = {
    timeout: LIMIT_MS,
    maxBuffer: MAX_BYTES,
    env: { LC_ALL: 'C' },
    ...(signal && { signal }),
  };
  // lsof exits with 1 when anything could not be looked at, and has printed the rest all the same.
  const text = await new Promise<string>((resolve) => {
    execFile(file, args, options, (_, stdout) => resolve(stdout));
  });
  return parse(text);
}

/** `lsof -Fcn`: a line each for process, command (`c…`), file and address (`n127.0.0.1:2222`). */
export function parseLsof(text: string): Listeners {
  const found = new Map<number, string[]>();
  let program = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('c')) program = unescaped(line.slice(1));
    const port = /^n.*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) add(found, Number(port), program);
  }
  return found;
}

/** `ss -Hltnp`: the local address, then `users:(("program",pid=1,fd=2),…)`. */
export function parseSs(text: string): Listeners {
  const found = new Map<number, string[]>();
  for (const line of text.split('\n')) {
    const port = /^LISTEN\s+\d+\s+\d+\s+\S+:(\d+)\s/.exec(line)?.[1];
    if (port === undefined) continue;
    for (const [, program = ''] of line.matchAll(/\("((?:[^"\\]|\\.)*)",pid=\d+/g))
      add(found, Number(port), program);
  }
  return found;
}

/** lsof prints what is no plain letter, a space among them, as `\x20`. */
function unescaped(program: string): string {
  return program.replace(/\\x([\da-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function add(found: Map<number, string[]>, port: number, program: string): void {
  const programs = found.get(port) ?? [];
  if (!programs.includes(program)) programs.push(program);
  found.set(port, programs);
}
