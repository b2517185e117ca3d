import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { files } from './host/config.ts';
import { runDir } from './paths.ts';
import { LabError } from './run.ts';

/** Sends one control word to a machine's daemon and gives its reply. */
export function control(port: number, word: string, ...args: string[]): Promise<Record<string, unknown>> {
  const socket = connect(files.control(runDir(port)));
  socket.write(`${JSON.stringify([word, ...args])}\n`);
  return new Promise((resolve, reject) => {
    socket.on('error', () => reject(new LabError(`The lab on port ${port} is not up.`)));
    const lines = createInterface({ input: socket });
    lines.on('error', () => undefined); // the socket's own handler reports it
    lines.once('line', (line) => {
      socket.end();
      const reply = JSON.parse(line) as Record<string, unknown>;
      if (typeof reply.error === 'string') reject(new LabError(`${word}: ${reply.error}.`));
      else resolve(reply);
    });
    socket.on('close', () => reject(new LabError(`The lab on port ${port} ended before it did "${word}".`)));
  });
}
