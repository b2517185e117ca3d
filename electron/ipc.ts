import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { CALLS, type CallName, type Reply } from '../shared/contract.ts';
import { Trouble } from '../shared/trouble.ts';
import type { App } from './app/app.ts';
import { troubleView } from './app/trouble-view.ts';
import { described } from './log.ts';
import { NOT_UNDERSTOOD } from './main-phrases.ts';

interface IpcOptions {
  /** The application, once it is there: calls that come earlier wait. */
  app: Promise<App>;
  /** Is it our own page, in our own window, that asks? */
  isOurs(event: IpcMainInvokeEvent): boolean;
  log(line: string): void;
}

/** Longest of what a stranger sent that goes into the log. */
const TOLD = 80;

/** Answers the window's calls from now on. */
export function answerCalls({ app, isOurs, log }: IpcOptions): void {
  // Before any await: the frame that asked may be another one, or gone, a moment later.
  const onlyOurs = (event: IpcMainInvokeEvent) => {
    if (isOurs(event)) return;
    log(
      `refused a call from a page that is not ours: ${(event.senderFrame?.url ?? 'no frame').slice(0, TOLD)}`,
    );
    throw new Error('refused');
  };
  ipcMain.handle('dropped', async (event, path: unknown): Promise<void> => {
    onlyOurs(event);
    try {
      await (await app).dropped(path);
    } catch (error) {
      log(`a dropped file broke: ${described(error)}`);
    }
  });
  ipcMain.handle('call', async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    onlyOurs(event);
    if (!isCall(name)) {
      log(
        `the window asked for an unknown call: ${typeof name === 'string' ? name.slice(0, TOLD) : typeof name}`,
      );
      return { ok: false, trouble: NOT_UNDERSTOOD };
    }
    try {
      const parsed = CALLS[name].input.safeParse(input);
      if (!parsed.success) {
        // Paths and codes of the issues only: the input may hold a secret.
        const issues = parsed.error.issues.map(({ code, path }) => `${path.join('.')} ${code}`);
        log(`the window called ${name} with wrong input: ${issues.join(', ').slice(0, TOLD)}`);
        return { ok: false, trouble: NOT_UNDERSTOOD };
      }
      const { handlers } = await app;
      const handle = handlers[name] as (input: unknown) => Promise<unknown>;
      return { ok: true, value: await handle(parsed.data) };
    } catch (error) {
      if (!(error instanceof Trouble)) log(`${name} broke: ${described(error)}`);
      return { ok: false, trouble: troubleView(error) };
    }
  });
}

function isCall(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(CALLS, name);
}
