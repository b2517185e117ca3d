import { readFileSync } from 'node:fs';
import type { Happening, TraceFormat } from './format.ts';
import { kernelLog } from './formats/kernel-log.ts';

// Each written out: the window's build looks for literal paths.
/** Bash that defines bind_logger() and release_logger(). */
export const LOGGER = readFileSync(new URL('./backends/kernel-log.sh', import.meta.url), 'utf8');
/** Bash that defines read_kernel_log(). */
export const READER = readFileSync(new URL('./backends/kernel-read.sh', import.meta.url), 'utf8');

/** The TRACE lines of the kernel's log; what other rules log there is not ours to tell. */
export const kernelTraces: TraceFormat = {
  ...kernelLog,
  reader: (emit) =>
    kernelLog.reader((traceId: string, happening: Happening) => {
      if (happening.legacy) emit(traceId, happening);
    }),
};
