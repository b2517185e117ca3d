import { readFileSync } from 'node:fs';
import type { Happening, TraceFormat } from './format.ts';
import { kernelLog } from './formats/kernel-log.ts';

// Each written out: the window's build looks for literal paths.
/** Bash that defines bind_logger() and release_logger(). */
const LOGGER = readFileSync(new URL('./backends/kernel-log.sh', import.meta.url), 'utf8');
/** Bash that defines read_kernel_log(). */
export const READER = readFileSync(new URL('./backends/kernel-read.sh', import.meta.url), 'utf8');

const BIND = readFileSync(new URL('./backends/legacy-trace.sh', import.meta.url), 'utf8');
/** Bash that arms a logger with whatever else is armed; what arms that comes before it. */
export const WITH_LOGGER = LOGGER + BIND;

/**
 * Bash that listens to a monitor and to the kernel's log at once. Neither is worth anything without the other. The monitor may
 * write a line in pieces, and those must not mix with what the kernel says.
 */
export function besideKernelLog(monitor: string): string {
  return `${READER}trap 'kill 0' EXIT\nread_kernel_log &\n${monitor} | grep -a --line-buffered . &\nwait -n`;
}

/** The TRACE lines of the kernel's log; what other rules log there is not ours to tell. */
export const kernelTraces: TraceFormat = {
  ...kernelLog,
  reader: (emit) =>
    kernelLog.reader((traceId: string, happening: Happening) => {
      if (happening.legacy) emit(traceId, happening);
    }),
};
