import { app, dialog, powerMonitor } from 'electron';
import type { Lang } from '../shared/text.ts';
import type { App } from './app/app.ts';
import { described } from './log.ts';
import { MAIN_PHRASES } from './main-phrases.ts';
import type { MainWindow } from './window.ts';

/** How long leaving nothing behind may take; the guest's own watchdog ends what is left after that. */
const BOUND_MS = 15_000;

interface QuitOptions {
  running(): App | undefined;
  lang(): Lang;
  window: MainWindow;
  log(line: string): void;
}

/** Quitting asks once while a run is under way, and waits until everything is closed. */
export function quitWell({ running, lang, window, log }: QuitOptions): void {
  let state: 'open' | 'asking' | 'closing' | 'closed' = 'open';

  async function mayQuit(): Promise<boolean> {
    const { message, detail, quit, stay } = MAIN_PHRASES[lang()].quitRunning;
    const options = {
      type: 'warning' as const,
      message,
      detail,
      buttons: [quit, stay],
      defaultId: 0,
      cancelId: 1,
    };
    const over = window.native;
    const answer = over ? dialog.showMessageBox(over, options) : dialog.showMessageBox(options);
    return (await answer).response === 0;
  }

  async function close(ask: boolean): Promise<void> {
    if (state !== 'open') return;
    state = 'asking';
    if (ask && running()?.busy() && !(await mayQuit())) {
      state = 'open';
      return;
    }
    state = 'closing';
    let late: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => {
      late = setTimeout(() => {
        log(`closing took longer than ${BOUND_MS} ms`);
        resolve();
      }, BOUND_MS);
    });
    const closed = running()?.close() ?? Promise.resolve();
    await Promise.race([closed.catch((error) => log(`closing broke: ${described(error)}`)), bound]);
    clearTimeout(late);
    state = 'closed';
    log('Culprit quits');
    app.quit();
  }

  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    void close(true);
  });
  // Nobody is there to be asked when the system shuts down or a terminal ends us.
  powerMonitor.on('shutdown', () => void close(false));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void close(false));
}
