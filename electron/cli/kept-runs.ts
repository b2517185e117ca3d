import { join } from 'node:path';
import { RunId } from '../../shared/app-state.ts';
import type { Run, RunEvent } from '../../shared/run.ts';
import { Trouble } from '../../shared/trouble.ts';
import { LiveRun } from '../app/runs/live-run.ts';
import { RUN_FILE_SCHEMA } from '../app/runs/run-format.ts';
import { newRunId } from '../app/runs/run-id.ts';
import { newItem } from '../app/runs/run-item.ts';
import { readRun } from '../app/runs/run-reader.ts';
import { RunWriter } from '../app/runs/run-writer.ts';
import { dataFolder } from '../data-folder.ts';

const pathOf = (env: NodeJS.ProcessEnv, id: string) =>
  join(dataFolder(env, process.platform), 'runs', `${id}.ndjson`);

/** A run that changes something, on its way to where it can be looked up later. */
export interface KeptRun {
  id: string;
  emit(event: RunEvent): void;
  /** Resolves when all that was told is in the file. */
  recorded(): Promise<void>;
  close(): Promise<void>;
}

/** Begins to keep a run among those of the window. Throws Trouble `data-unwritable`. */
export async function keepRun(
  env: NodeJS.ProcessEnv,
  machine: { id: string; name: string },
  log: (line: string) => void,
): Promise<KeptRun> {
  const at = new Date();
  const id = newRunId(at);
  const header = {
    schema: RUN_FILE_SCHEMA,
    machine: machine.id.slice(0, 60),
    name: machine.name.slice(0, 200),
    at: at.toISOString(),
    focus: 'everything',
  } as const;
  const writer = await RunWriter.create(pathOf(env, id), header, log);
  const live = new LiveRun(newItem(id, header), writer, () => undefined);
  return {
    id,
    emit: (event) => live.emit(event),
    recorded: () => writer.settled(),
    close: () => live.close(),
  };
}

/** A run that was kept, folded. Throws Troubles `run-gone` and `run-unreadable`. */
export async function keptRun(env: NodeJS.ProcessEnv, id: string): Promise<Run> {
  // Never a path of somebody's choosing
  if (!RunId.safeParse(id).success) throw new Trouble('run-gone', { run: id });
  return readRun(pathOf(env, id), id);
}
