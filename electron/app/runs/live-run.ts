import type { RunItem } from '../../../shared/app-state.ts';
import { applyEvent, emptyRun, type Run, type RunEvent } from '../../../shared/run.ts';
import type { RunSummary } from './run-format.ts';
import { itemAfter } from './run-item.ts';
import type { RunWriter } from './run-writer.ts';

/** Characters of a title in the list. */
const MOST_SAYS = 1000;

/** A run that goes on: its events so far, on their way to its file and to whoever listens. */
export class LiveRun {
  readonly events: RunEvent[] = [];
  readonly abort = new AbortController();
  /** Resolves when the guest is closed and the file is on the disk. */
  ended: Promise<void> = Promise.resolve();
  #run: Run = emptyRun();
  #item: RunItem;
  #listener: (() => void) | undefined;

  constructor(
    item: RunItem,
    private readonly writer: RunWriter,
    private readonly changed: (item: RunItem) => void,
  ) {
    this.#item = item;
  }

  get item(): RunItem {
    return this.#item;
  }

  /** The fold of what happened so far. */
  get run(): Run {
    return this.#run;
  }

  emit(event: RunEvent): void {
    this.events.push(event);
    this.#run = applyEvent(this.#run, event);
    this.writer.write(event);
    const item = itemAfter(this.#item, event);
    // That it is over is told when the file is closed: then it can be opened, exported and deleted.
    this.#item = item;
    if (item.state === 'running') this.changed(item);
    this.#listener?.();
  }

  /** One listener at a time: it hears that there are more events. */
  listen(listener: (() => void) | undefined): void {
    this.#listener = listener;
  }

  /** Resolves when all that was told is on the disk. */
  recorded(): Promise<void> {
    return this.writer.settled();
  }

  /** Writes what sums it up; resolves when all is on the disk. */
  async close(): Promise<void> {
    if (this.#item.state === 'running') this.#item = { ...this.#item, state: 'failed' };
    const { verdict, says, grade, owner, ms } = this.#item;
    const state = this.#item.state as RunSummary['state'];
    const short = says && { en: says.en.slice(0, MOST_SAYS), 'zh-CN': says['zh-CN'].slice(0, MOST_SAYS) };
    const summary: RunSummary = { state, verdict, says: short, grade, owner, ms };
    await this.writer.close(summary);
  }

  /** Tells that it is over. */
  tellEnd(): void {
    this.changed(this.#item);
  }
}
