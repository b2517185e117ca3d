import { basename, isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Pushes } from '../../../shared/contract.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { diagnoseLog } from '../../log-run.ts';
import { troubleView } from '../trouble-view.ts';
import type { Runner } from './runner.ts';

/** Begins a run that reads the tracer's text in a file, and gives its id. */
export async function openLogFile(runner: Runner, path: string): Promise<string> {
  // Logs take turns as a machine's runs do; whoever opens another one has done with the one before.
  const before = runner.of('log');
  if (before) await runner.stop(before.item.id);
  return runner.start('log', async () => ({
    name: basename(path),
    focus: 'everything',
    work: (emit, signal) => diagnoseLog(path, emit, signal, 'window'),
  }));
}

/** What is no file on the disk (a picture out of a page, say) has an empty path. */
const DroppedPath = z
  .string()
  .max(4096)
  .refine((path) => isAbsolute(path) && !path.includes('\0'));

/** The same for a file that was dropped onto the window, of whatever was said to be its path; never throws what was expected. */
export async function openDropped(runner: Runner, said: unknown): Promise<Pushes['dropped']> {
  try {
    const path = DroppedPath.safeParse(said);
    if (!path.success) throw new Trouble('log-unreadable', { path: '', detail: 'ENOENT' });
    return { run: await openLogFile(runner, path.data) };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return { trouble: troubleView(error) };
  }
}
