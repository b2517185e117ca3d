import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { eventually } from '../run.ts';

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
  private socket: Socket | undefined;

  constructor(private readonly path: string) {}

  /** Waits until a QEMU listens, at most `timeoutMs`, connects and negotiates. */
  async open(timeoutMs: number): Promise<void> {
    const opened = () =>
      this.connected().then(
        () => true,
        () => false,
      );
    if (!(await eventually(opened, timeoutMs, 100))) throw new Error('QEMU gave no monitor');
    await this.send({ execute: 'qmp_capabilities' });
  }

  private async connected(): Promise<void> {
    const socket = connect(this.path);
    await once(socket, 'connect');
    createInterface({ input: socket })
      .on('line', (line) => this.receive(line))
      .on('error', () => this.fail());
    socket.on('error', () => this.fail());
    socket.on('close', () => this.fail());
    this.socket = socket;
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
      this.socket?.write(`${JSON.stringify(command)}\n`);
    });
  }

  /** What a monitor command prints. */
  async ask(line: string): Promise<string> {
    const output = await this.send({ execute: 'human-monitor-command', arguments: { 'command-line': line } });
    return output.trim();
  }

  /** Runs a monitor command; anything it prints, except `fine`, is a complaint and rejects. */
  async command(line: string, fine = /^$/): Promise<void> {
    const output = await this.ask(line);
    if (!fine.test(output)) throw new Error(`${line}: ${output}`);
  }
}
