import { PassThrough } from 'node:stream';
import type { Io } from '../../electron/cli/io.ts';
import type { Out } from '../../electron/cli/terminal.ts';

/** An output that keeps what was written to it. */
export class Written implements Out {
  text = '';
  constructor(
    readonly isTTY = false,
    readonly columns = 100,
  ) {}
  write(text: string): void {
    this.text += text;
  }
}

/** The standard input of a pipe that holds this text and then ends. */
export function pipedInput(text: string): NodeJS.ReadStream {
  const input = new PassThrough();
  input.end(text);
  return input as unknown as NodeJS.ReadStream;
}

/** A process around the command line, with nothing of this one in its environment. */
export function fakeIo(env: NodeJS.ProcessEnv = {}, input = ''): Io & { stdout: Written; stderr: Written } {
  return { stdin: pipedInput(input), stdout: new Written(), stderr: new Written(), env };
}
