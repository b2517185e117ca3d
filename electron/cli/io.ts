import type { Out } from './terminal.ts';

/** The process around the command line. */
export interface Io {
  stdin: NodeJS.ReadStream;
  stdout: Out;
  stderr: Out;
  env: NodeJS.ProcessEnv;
}
