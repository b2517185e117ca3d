import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunId, type RunItem } from '../../../shared/app-state.ts';
import type { Run, RunEvent } from '../../../shared/run.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { RUN_FILE_SCHEMA, type RunHeader } from './run-format.ts';
import { newRunId } from './run-id.ts';
import { itemAfter, newItem, unreadableItem } from './run-item.ts';
import { readEnds, readEvents, readOutcome, readRun } from './run-reader.ts';
import { RunWriter } from './run-writer.ts';

/** Runs that are kept; the oldest make room. */
const MOST_RUNS = 200;
const MOST_NAME = 200;
const ENDING = '.ndjson';

type Log = (line: string) => void;

/** The runs of the past and the present, a file each in the application's folder. */
export class RunStore {
  readonly #folder: string;
  #items: RunItem[] = [];

  private constructor(
    folder: string,
    private readonly log: Log,
    private readonly changed: (items: RunItem[]) => void,
  ) {
    this.#folder = join(folder, 'runs');
  }

  /** Opens the folder and reads what the list needs. `changed` hears of every later change. */
  static async open(folder: string, log: Log, changed: (items: RunItem[]) => void): Promise<RunStore> {
    const store = new RunStore(folder, log, changed);
    await mkdir(store.#folder, { recursive: true, mode: 0o700 });
    const ids = (await readdir(store.#folder))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter((id) => RunId.safeParse(id).success)
      .sort()
      .reverse();
    for (const id of ids.slice(MOST_RUNS)) await store.#remove(id);
    store.#items = await Promise.all(ids.slice(0, MOST_RUNS).map((id) => store.#load(id)));
    return store;
  }

  /** Newest first. */
  get items(): RunItem[] {
    return this.#items;
  }

  item(id: string): RunItem {
    const item = this.#items.find((one) => one.id === id);
    if (!item) throw new Trouble('run-gone', { run: id });
    return item;
  }

  /** Puts an item in its place in the list. */
  put(item: RunItem): void {
    this.#items = this.#items.map((one) => (one.id === item.id ? item : one));
    this.changed(this.#items);
  }

  /** Begins the file of a new run. Throws Trouble `data-unwritable`. */
  async create(about: Pick<RunHeader, 'machine' | 'name' | 'focus'>): Promise<[RunItem, RunWriter]> {
    const at = new Date();
    const name = about.name.slice(0, MOST_NAME);
    const header: RunHeader = { schema: RUN_FILE_SCHEMA, ...about, name, at: at.toISOString() };
    const id = newRunId(at);
    const writer = await RunWriter.create(this.path(id), header, this.log);
    const item = newItem(id, header);
    const all = [item, ...this.#items];
    this.#items = all.slice(0, MOST_RUNS);
    for (const old of all.slice(MOST_RUNS)) await this.#remove(old.id);
    this.changed(this.#items);
    return [item, writer];
  }

  async delete(id: string): Promise<void> {
    if (this.item(id).state === 'running') throw new Trouble('run-goes-on', { run: id });
    await this.#remove(id);
    this.#items = this.#items.filter((one) => one.id !== id);
    this.changed(this.#items);
  }

  /** The stored events of a run in lists. */
  events(id: string): AsyncGenerator<RunEvent[]> {
    return readEvents(this.path(this.item(id).id), id);
  }

  /** What came of a stored run that is so long that reading all of it takes its time; else empty. */
  outcome(id: string): Promise<RunEvent[]> {
    return readOutcome(this.path(this.item(id).id), id);
  }

  /** A stored run, folded. */
  async run(id: string): Promise<Run> {
    return readRun(this.path(this.item(id).id), id);
  }

  path(id: string): string {
    return join(this.#folder, `${id}${ENDING}`);
  }

  async #remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true }).catch((error) => this.log(`${this.path(id)}: ${error.code}`));
  }

  async #load(id: string): Promise<RunItem> {
    try {
      const { header, summary } = await readEnds(this.path(id));
      if (!header) return unreadableItem(id);
      const item = newItem(id, header);
      return summary ? { ...item, ...defined(summary) } : await this.#brokenOff(item);
    } catch (error) {
      this.log(`${this.path(id)}: ${String(error)}`);
      return unreadableItem(id);
    }
  }

  /** Without a trailer all of it has to be read: Culprit was ended while it ran, or the end is damaged. */
  async #brokenOff(begun: RunItem): Promise<RunItem> {
    let item = begun;
    let ms: number | undefined;
    for await (const events of readEvents(this.path(begun.id), begun.id)) {
      item = events.reduce(itemAfter, item);
      ms = events.at(-1)?.t ?? ms;
    }
    if (item.state !== 'running') return item;
    return { ...item, state: 'broken-off', ...(ms === undefined ? {} : { ms }) };
  }
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
