import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const message = z.object({
  QMP: z.unknown().optional(),
  event: z.string().optional(),
  return: z.unknown().optional(),
  error: z.object({ desc: z.string() }).optional(),
});

type Waiter = { resolve: (text: string) => void; reject: (error: Error) => void };

/** QEMU's monitor: one human-monitor command at a time, in order. */
export class Monitor {
  private readonly waiting: Waiter[] = [];

  private constructor(private readonly socket: Socket) {
    createInterface({ input: socket }).on('line', (line) => this.receive(line));
    socket.on('error', () => this.fail());
    socket.on('close', () => this.fail());
  }

  /** Connects and negotiates; rejects when nothing listens there. */
  static async open(path: string): Promise<Monitor> {
    const socket = connect(path);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', resolve);
    });
    const monitor = new Monitor(socket);
    await monitor.send({ execute: 'qmp_capabilities' });
    return monitor;
  }

  private receive(line: string): void {
    const parsed = message.parse(JSON.parse(line));
    if (parsed.QMP !== undefined || parsed.event) return;
    const waiter = this.waiting.shift();
    if (parsed.error) waiter?.reject(new Error(parsed.error.desc));
    else waiter?.resolve(typeof parsed.return === 'string' ? parsed.return : '');
  }

  private fail(): void {
    for (const waiter of this.waiting.splice(0)) waiter.reject(new Error('QEMU went away'));
  }

  private send(command: object): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.write(`${JSON.stringify(command)}\n`);
    });
  }

  /** Runs a monitor command; anything it prints, except `fine`, is a complaint and rejects. */
  async command(line: string, fine = /^$/): Promise<void> {
    const output = await this.send({ execute: 'human-monitor-command', arguments: { 'command-line': line } });
    if (!fine.test(output.trim())) throw new Error(`${line}: ${output.trim()}`);
  }
}
