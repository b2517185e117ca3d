import type { RunEvent, StepId } from '../shared/run.ts';
import type { Answer, Command, Guest, GuestStream, StreamLine } from './connect/guest.ts';

type WithoutTime<E> = E extends RunEvent ? Omit<E, 't'> : never;
/** An event before it gets its time. */
export type Told = WithoutTime<RunEvent>;

/** Bytes of a stream's output that the log keeps. */
const KEPT = 512 * 1024;

/** Writes a run's events, each with its time since the run began. */
export class RunLog {
  readonly #began = performance.now();
  #commands = 0;
  constructor(private readonly emit: (event: RunEvent) => void) {}

  /** Milliseconds since the run began. */
  get t(): number {
    return Math.round(performance.now() - this.#began);
  }

  tell(event: Told): void {
    this.emit({ ...event, t: this.t } as RunEvent);
  }

  /** Does a step of the run, and logs when it began and how long it took. */
  async step<T>(id: StepId, work: () => Promise<T>): Promise<T> {
    const began = this.t;
    this.tell({ type: 'step-began', step: id });
    const result = await work();
    this.tell({ type: 'step-ended', step: id, ms: this.t - began });
    return result;
  }

  /** Logs that a command begins; returns its id. */
  begin(command: Command): string {
    const id = `c${++this.#commands}`;
    this.tell({
      type: 'command',
      id,
      purpose: command.purpose,
      script: command.script,
      asRoot: command.asRoot ?? false,
    });
    return id;
  }

  end(id: string, answer: Answer): void {
    const { code, stdout, stderr, timedOut, truncated, refused, ms } = answer;
    this.tell({
      type: 'answer',
      id,
      code,
      stdout,
      stderr,
      timedOut,
      truncated,
      ms: Math.round(ms),
      ...(refused ? { refused } : {}),
    });
  }
}

/** A guest whose every command is in the run's log. */
export class LoggedGuest implements Guest {
  /** The log's id of the stream that was opened last. */
  lastStreamId = '';
  constructor(
    private readonly guest: Guest,
    private readonly log: RunLog,
  ) {}

  get label(): string {
    return this.guest.label;
  }
  get root(): Guest['root'] {
    return this.guest.root;
  }

  async exec(command: Command, signal?: AbortSignal): Promise<Answer> {
    return (await this.ask(command, signal)).answer;
  }

  /** Like `exec`, and tells the log's id of the command. */
  async ask(command: Command, signal?: AbortSignal): Promise<{ answer: Answer; commandId: string }> {
    const commandId = this.log.begin(command);
    const answer = await this.guest.exec(command, signal);
    this.log.end(commandId, answer);
    return { answer, commandId };
  }

  stream(command: Command, signal?: AbortSignal): GuestStream {
    const id = this.log.begin(command);
    this.lastStreamId = id;
    const inner = this.guest.stream(command, signal);
    const seen = { out: '', err: '' };
    const log = this.log;
    async function* tee(): AsyncIterable<StreamLine> {
      for await (const line of inner.lines) {
        if (seen[line.from].length < KEPT) seen[line.from] += `${line.text}\n`;
        yield line;
      }
    }
    const done = inner.done.then((answer) => {
      log.end(id, { ...answer, stdout: seen.out, stderr: seen.err });
      return answer;
    });
    // Whoever reads the lines hears of it there; that nobody then waits for the end must not be a bug of its own
    done.catch(() => undefined);
    return { lines: tee(), write: (text) => inner.write(text), end: () => inner.end(), done };
  }

  close(): Promise<void> {
    return this.guest.close();
  }
}
