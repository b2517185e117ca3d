import { keyPath } from './paths.ts';
import { type RunResult, run } from './run.ts';

/** Options of `ssh`. */
export interface SshOptions {
  readonly user?: string;
  readonly timeoutMs?: number;
  readonly input?: string;
}

/** Arguments of OpenSSH that reach a lab machine with the lab's key. */
export function sshArgs(port: number, user: string): string[] {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'ConnectTimeout=15',
  ];
  options.push('ServerAliveInterval=10', 'ServerAliveCountMax=6', 'IdentitiesOnly=yes');
  const args = ['-q', '-F', 'none', '-i', keyPath(), '-p', String(port)];
  return [...args, ...options.flatMap((option) => ['-o', option]), `${user}@127.0.0.1`];
}

/** Runs a command in the guest over a connection of its own. */
export function ssh(port: number, command: string, options: SshOptions = {}): Promise<RunResult> {
  const { user = 'root', timeoutMs = 60_000, input = '' } = options;
  return run('ssh', [...sshArgs(port, user), command], { timeoutMs, input });
}
