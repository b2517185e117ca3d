import { afterEach, beforeEach } from 'vitest';
import { type App, createApp } from '../../electron/app/app.ts';
import type { RunItem } from '../../shared/app-state.ts';
import type { RunEvent } from '../../shared/run.ts';
import { FakeHost } from './fake-host.ts';

export interface Opened {
  host: FakeHost;
  app: App;
  /** Closes the application and opens it again in the same folder. */
  reopen(): Promise<void>;
  /** Resolves with the run's item in the list when it is over. */
  ended(run: string): Promise<RunItem>;
  /** Resolves with the events of the watched run when the last one has come. */
  allEvents(run: string): Promise<RunEvent[]>;
}

/** The application with a desktop and a folder of its own for each test of a file. */
export function withApp(): Opened {
  const opened: Opened = {
    host: undefined as never,
    app: undefined as never,
    reopen: async () => {
      await opened.app.close();
      opened.app = await createApp(opened.host);
    },
    ended: (run) =>
      opened.host.until(() =>
        opened.host.state.runs?.find((one) => one.id === run && one.state !== 'running'),
      ),
    allEvents: (run) =>
      opened.host.until(() => {
        const events = opened.host.events.get(run);
        return events?.at(-1)?.type === 'ended' && events;
      }),
  };
  beforeEach(async () => {
    opened.host = new FakeHost();
    opened.app = await createApp(opened.host);
  });
  afterEach(async () => {
    await opened.app.close();
    opened.host.remove();
  });
  return opened;
}
