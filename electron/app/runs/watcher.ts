import type { Host } from '../host.ts';
import { abridge } from './abridge.ts';
import type { LiveRun } from './live-run.ts';
import type { RunStore } from './run-store.ts';

/** Live events wait this long for others to go with, in milliseconds: two frames. */
const GATHER_MS = 33;
/** Events sent at once: more would keep the window from drawing. */
const MOST = 2000;

/** Sends a run's events to the window: those of the past in lists, then those that come. One run at a time. */
export class Watcher {
  #end: (() => void) | undefined;

  constructor(private readonly push: Host['push']) {}

  /** Follows a run that goes on. */
  live(run: string, live: LiveRun): void {
    this.stop();
    let sent = 0;
    let timer: NodeJS.Timeout | undefined;
    const send = () => {
      timer = undefined;
      do {
        const first = sent;
        const list = abridge(live.events.slice(sent, sent + MOST), first);
        sent += list.events.length;
        this.push('runEvents', { run, first, ...list, caughtUp: sent === live.events.length });
      } while (sent < live.events.length);
    };
    live.listen(() => {
      timer ??= setTimeout(send, GATHER_MS);
    });
    this.#end = () => {
      clearTimeout(timer);
      live.listen(undefined);
    };
    send();
  }

  /** Sends a run of the past, of a long one first what came of it. Rejects with the Troubles of reading. */
  async stored(run: string, store: Pick<RunStore, 'events' | 'outcome'>): Promise<void> {
    this.stop();
    let over = false;
    this.#end = () => {
      over = true;
    };
    const outcome = await store.outcome(run);
    if (outcome.length > 0 && !over) this.push('runOutcome', { run, events: outcome });
    let first = 0;
    for await (const list of store.events(run)) {
      for (let at = 0; at < list.length; at += MOST) {
        if (over) return;
        const part = abridge(list.slice(at, at + MOST), first);
        this.push('runEvents', { run, first, ...part, caughtUp: false });
        first += part.events.length;
      }
    }
    if (!over) this.push('runEvents', { run, first, ...abridge([], first), caughtUp: true });
  }

  stop(): void {
    this.#end?.();
    this.#end = undefined;
  }
}
