import { setMaxListeners } from 'node:events';
import type { Focus } from '../../../shared/app-state.ts';
import type { RunEvent } from '../../../shared/run.ts';
import { plannedSteps } from '../../../shared/steps.ts';
import type { Host } from '../host.ts';
import { troubleView } from '../trouble-view.ts';
import { LiveRun } from './live-run.ts';
import type { RunStore } from './run-store.ts';

/** What a run is of. */
export interface RunOrder {
  name: string;
  focus: Focus;
  /** Does it, telling each event; never throws for what was expected. `recorded` resolves when all that was told is on the disk. */
  work(emit: (event: RunEvent) => void, signal: AbortSignal, recorded: () => Promise<void>): Promise<unknown>;
}

/** Does diagnoses, one at a time for each machine. */
export class Runner {
  readonly #live = new Map<string, LiveRun>();
  readonly #starting = new Map<string, Promise<string>>();

  constructor(
    private readonly store: RunStore,
    private readonly host: Pick<Host, 'progress' | 'stayAwake' | 'log'>,
  ) {}

  get busy(): boolean {
    return this.#live.size > 0;
  }

  live(id: string): LiveRun | undefined {
    return this.#live.get(id);
  }

  /** The run that goes on for a machine. */
  of(machine: string): LiveRun | undefined {
    return [...this.#live.values()].find(({ item }) => item.machine === machine);
  }

  /** Begins a run; the one under way on this machine is given instead, or waited for when it is being stopped. */
  start(machine: string, order: () => Promise<RunOrder>): Promise<string> {
    const under = this.#starting.get(machine);
    if (under) return under;
    const starting = this.#start(machine, order).finally(() => this.#starting.delete(machine));
    this.#starting.set(machine, starting);
    return starting;
  }

  async #start(machine: string, order: () => Promise<RunOrder>): Promise<string> {
    const before = this.of(machine);
    if (before && !before.abort.signal.aborted) return before.item.id;
    await before?.ended;
    const { work, name, focus } = await order();
    const [item, writer] = await this.store.create({ machine, name, focus });
    const live = new LiveRun(item, writer, (changed) => this.store.put(changed));
    this.#live.set(item.id, live);
    live.ended = this.#run(live, work);
    return item.id;
  }

  /** Resolves when everything of the run is gone from the guest; at once for one that is over. */
  async stop(id: string): Promise<void> {
    const live = this.#live.get(id);
    live?.abort.abort();
    await live?.ended;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#live.keys()].map((id) => this.stop(id)));
  }

  async #run(live: LiveRun, work: RunOrder['work']): Promise<void> {
    const { signal } = live.abort;
    // Every command that runs listens to it: many listeners are no leak.
    setMaxListeners(0, signal);
    const awake = this.host.stayAwake();
    const emit = (event: RunEvent) => {
      live.emit(event);
      if (event.type === 'step-began' || event.type === 'step-ended') this.#showProgress();
    };
    try {
      await work(emit, signal, () => live.recorded());
    } catch (error) {
      this.host.log(`the run ${live.item.id} broke: ${error instanceof Error ? error.stack : String(error)}`);
      const { what, meaning, next } = troubleView(error);
      const t = live.events.at(-1)?.t ?? 0;
      const says = {
        en: `${what.en} ${meaning.en} ${next.en}`,
        'zh-CN': `${what['zh-CN']}${meaning['zh-CN']}${next['zh-CN']}`,
      };
      emit({ t, type: 'trouble', code: 'bug', says });
      emit({ t, type: 'ended', how: 'failed' });
    } finally {
      awake();
      await live.close();
      // Before it is told: whoever hears of it may begin the next one at once.
      this.#live.delete(live.item.id);
      live.tellEnd();
      this.#showProgress();
    }
  }

  /** Of several runs the one that has the longest way to go. */
  #showProgress(): void {
    const shares = [...this.#live.values()].map(
      ({ run }) => run.steps.filter(({ ms }) => ms !== undefined).length / plannedSteps(run).length,
    );
    this.host.progress(shares.length > 0 ? Math.min(1, ...shares) : undefined);
  }
}
