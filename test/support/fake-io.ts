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

/** A terminal that notes whether it is in raw mode, where it does not echo by itself. */
export function terminal(): NodeJS.ReadStream & { raw: boolean } {
  const input = new PassThrough() as unknown as NodeJS.ReadStream & { raw: boolean };
  input.isTTY = true;
  input.raw = false;
  input.setRawMode = (mode) => {
    input.raw = mode;
    return input;
  };
  return input;
}

/** A process around the command line, with nothing of this one in its environment. */
export function fakeIo(env: NodeJS.ProcessEnv = {}, input = ''): Io & { stdout: Written; stderr: Written } {
  return { stdin: pipedInput(input), stdout: new Written(), stderr: new Written(), env };
}
