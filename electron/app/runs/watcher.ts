import type { RunEvent } from '../../../shared/run.ts';
import { shortened } from '../../../shared/shorten.ts';
import type { Host } from '../host.ts';
import type { LiveRun } from './live-run.ts';

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
        const events = live.events.slice(sent, sent + MOST).map(shortened);
        const first = sent;
        sent += events.length;
        this.push('runEvents', { run, first, events, caughtUp: sent === live.events.length });
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

  /** Sends a run of the past. Rejects with the Troubles of reading. */
  async stored(run: string, stored: AsyncGenerator<RunEvent[]>): Promise<void> {
    this.stop();
    let over = false;
    this.#end = () => {
      over = true;
    };
    let first = 0;
    for await (const list of stored) {
      for (let at = 0; at < list.length; at += MOST) {
        if (over) return;
        const events = list.slice(at, at + MOST).map(shortened);
        this.push('runEvents', { run, first, events, caughtUp: false });
        first += events.length;
      }
    }
    if (!over) this.push('runEvents', { run, first, events: [], caughtUp: true });
  }

  stop(): void {
    this.#end?.();
    this.#end = undefined;
  }
}
