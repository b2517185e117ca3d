import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of this host whose command line holds `mark`. */
export function processesWith(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes(mark))
    .map(Number);
}

/** Process ids of this host whose environment holds `NAME=` and that came in through the sshd on this port. */
export function processesWithVariable(name: string, sshdPort: number): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      const environment = `\0${read(`/proc/${pid}/environ`)}`;
      // other tests have lanes of their own on this host
      return (
        environment.includes(`\0${name}=`) &&
        new RegExp(`\\0SSH_CONNECTION=[^\\0]* ${sshdPort}\\0`).test(environment)
      );
    })
    .map(Number);
}

/** Process ids of this host whose environment holds `mark`. */
export function processesWhoseEnvironmentHas(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/environ`).includes(mark))
    .map(Number);
}

/** Resolves once `is` holds; gives the milliseconds it took, or fails after `limitMs`. */
export async function until(is: () => boolean, limitMs: number): Promise<number> {
  const began = performance.now();
  while (!is()) {
    if (performance.now() - began > limitMs) throw new Error(`Not so within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return performance.now() - began;
}

/** The command line of a process of this host, its words divided by NULs; empty when it is gone. */
export function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

/** Process ids of all that descends from `ancestor` on this host. */
export function descendants(ancestor: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  // the name in parentheses may hold blanks; the parent is the second field after it
  const parents = all.map((pid) => Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1]));
  const found: number[] = [];
  for (let wave = [ancestor]; wave.length > 0; found.push(...wave)) {
    const above = wave;
    wave = all.flatMap((pid, i) => (above.includes(parents[i] ?? -1) ? [Number(pid)] : []));
  }
  return found;
}

let count = 0;

/** A number of seconds to sleep that no other test sleeps; short enough to go away should a test fail. */
export function uniqueSleep(): string {
  count += 1;
  return `90.${process.pid}${count}`;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
