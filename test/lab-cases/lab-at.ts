import { type Lab, labUp } from '../lab/lab.ts';

/** Tells what the lab is doing. */
export const say = (line: string) => process.stderr.write(`lab: ${line}\n`);

/** The machine of a suite, on its own port or on that which a command line names. */
export function labAt(suite: string, port: string | undefined): Promise<Lab> {
  return labUp(suite, { say, ...(port === undefined ? {} : { port: Number(port) }) });
}
