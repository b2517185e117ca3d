import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { LaneIo } from './lane-io.ts';

/** A shell on this host. */
export function childIo(child: ChildProcessWithoutNullStreams): LaneIo {
  let detail = '';
  child.once('error', (error) => {
    detail = error.message;
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    onClose: (listener) => {
      child.once('close', () => listener({ loss: { detail }, linkLost: false }));
    },
    close: () => {
      child.stdin.end();
    },
  };
}
