import { spawn } from 'node:child_process';

/** An error whose message is one sentence for the person at the keyboard. */
export class LabError extends Error {
  override name = 'LabError';
}

/** How a program ended. `code` is -1 when a signal or the deadline ended it. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of `run`. */
export interface RunOptions {
  readonly timeoutMs?: number;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Append both streams to this open file instead of collecting them. */
  readonly logFd?: number;
}

/** Runs a program without a shell and collects what it prints; never rejects for a non-zero exit. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const sink = options.logFd ?? 'pipe';
  const child = spawn(file, args, { stdio: ['pipe', sink, sink], env: options.env ?? process.env });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.on('error', () => undefined); // the program may end without reading its input
  child.stdin?.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    const timer = options.timeoutMs ? setTimeout(() => child.kill('SIGKILL'), options.timeoutMs) : undefined;
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new LabError(`Cannot run ${file}: ${error.message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}

/** Like `run`, but a non-zero exit is a `LabError` with the program's last line of complaint. */
export async function must(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await run(file, args, options);
  if (result.code === 0) return result.stdout;
  const complaint = (result.stderr.trim() || result.stdout.trim()).split('\n').at(-1) ?? '';
  throw new LabError(`${file} ${args[0] ?? ''} failed (${result.code}): ${complaint}`);
}

/** Asks `probe` until it is true or the deadline passes; says which. */
export async function eventually(probe: () => Promise<boolean>, timeoutMs: number, everyMs = 500) {
  const end = Date.now() + timeoutMs;
  while (!(await probe())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}
