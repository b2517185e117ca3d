import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN_FILE_SCHEMA } from '../../../electron/app/runs/run-format.ts';
import { diagnoseScene } from '../../../electron/diagnose/diagnose.ts';
import { RULES } from '../../../electron/diagnose/rules/registry.ts';
import { verdictOf } from '../../../electron/diagnose/verdict.ts';
import type { Facts } from '../../../electron/probe/registry.ts';
import { BACKENDS } from '../../../electron/trace/backends/registry.ts';
import { missedBefore } from '../../../electron/trace/missed.ts';
import { CULPRIT_VERSION } from '../../../electron/version.ts';
import { isFatal } from '../../../shared/fatal.ts';
import { RUN_SCHEMA, type RunEvent } from '../../../shared/run.ts';
import type { Journey } from '../../../shared/trace.ts';
import { readScene } from '../../lab-cases/scene-file.ts';

/** How root was had when the lab's machines were looked at, and how it is when it is refused. */
const ROOT = { how: 'login' } as const;
const NO_ROOT = { how: 'none', why: 'not-allowed', detail: '' } as const;

/**
 * The events of a run that saw what the scene holds: real facts, flows and journeys of the lab machine, judged here. It
 * has no commands, for scenes keep none. Without `root` nothing was traced. `kernel`: what the tracers take it for.
 */
export function sceneEvents(
  fault: string,
  { root = true, kernel }: { root?: boolean; kernel?: string } = {},
): RunEvent[] {
  const whole = readScene(fault);
  const scene = root ? whole : { ...whole, journeys: [] };
  const diagnosis = diagnoseScene(scene, RULES);
  const verdict = verdictOf(scene, diagnosis, root ? ROOT : NO_ROOT);
  let t = 0;
  const tell = (events: Iterable<Record<string, unknown> & { type: RunEvent['type'] }>) =>
    [...events].map((event) => {
      t += 137;
      return { t, ...event } as RunEvent;
    });
  return tell([
    {
      type: 'started',
      schema: RUN_SCHEMA,
      culprit: CULPRIT_VERSION,
      at: '2026-01-01T00:00:00Z',
      machine: { kind: 'virtualbox', id: fault, name: fault },
      targets: [],
    },
    { type: 'guest', facts: { os: 'Debian GNU/Linux 12 (bookworm)', docker: '20.10.24+dfsg1' } },
    ...scene.flows.map((flow) => ({ type: 'flow', flow }) as const),
    ...(root ? [tracerOn(scene.facts, kernel)] : []),
    ...scene.journeys.map(
      (journey) => ({ type: 'journey', journey: withMissed(journey, scene.facts) }) as const,
    ),
    ...diagnosis.notes.map((note) => ({ type: 'rule-note', ...note }) as const),
    ...diagnosis.causes.map((cause) => ({ type: 'cause', cause }) as const),
    {
      type: 'residue',
      residue: { checked: true, rules: [], sysctls: [], interfaces: [], processes: [] },
    },
    { type: 'verdict', ...verdict },
    { type: 'ended', how: 'done' },
  ]);
}

/** Which tracer is chosen on that guest, and why each better one is not. */
function tracerOn(facts: Facts, kernel: string | undefined) {
  const { system } = facts;
  const seen: Facts =
    kernel !== undefined && system.ok
      ? { ...facts, system: { ...system, value: { ...system.value, kernel } } }
      : facts;
  const asked = BACKENDS.map(({ id, whyNot }) => ({ backend: id, why: whyNot(seen) }));
  const chosen = asked.findIndex(({ why }) => why === undefined);
  const whyNot = asked.slice(0, chosen).flatMap(({ backend, why }) => (why ? [{ backend, why }] : []));
  return { type: 'tracer', backend: asked[chosen]?.backend ?? null, whyNot } as const;
}

/** Scenes keep what was seen; what the ruleset tells of it beside is worked out here. */
function withMissed(journey: Journey, facts: Facts): Journey {
  const { at, stops } = journey;
  const stop = stops.find((one) => isFatal(journey, one));
  if (at === undefined || stop === undefined) return journey;
  return { ...journey, missed: missedBefore(stop, at, facts) };
}

interface StoredRun {
  machine: string;
  name: string;
  /** How long ago it began. */
  minutes: number;
  events: readonly RunEvent[];
}

/** Puts a run into the data folder as if it had been made some time ago; gives its id. */
export async function storeRun(
  dataFolder: string,
  { machine, name, minutes, events }: StoredRun,
): Promise<string> {
  const at = new Date(Date.now() - minutes * 60_000).toISOString();
  const id = `${at.replace(/[-:]|\.\d+/g, '')}-${String(minutes).padStart(8, '0')}`;
  const header = { schema: RUN_FILE_SCHEMA, machine, name, at, focus: 'everything' };
  const began = (event: RunEvent): RunEvent =>
    event.type === 'started' ? { ...event, at, machine: { ...event.machine, name } } : event;
  const lines = [header, ...events.map(began)].map((line) => JSON.stringify(line));
  await mkdir(join(dataFolder, 'runs'), { recursive: true });
  await writeFile(join(dataFolder, 'runs', `${id}.ndjson`), `${lines.join('\n')}\n`);
  return id;
}
