import type { FlowResult } from '../../shared/flow.ts';
import type { Journey } from '../../shared/trace.ts';
import type { Guest } from '../connect/guest.ts';
import type { Planned } from '../flow/kind.ts';
import type { TryFromMac } from '../flow/mac.ts';
import { addTryLine, judge, parseTries, type Try } from '../flow/outcome.ts';
import type { Trial } from '../flow/script.ts';
import { failed, isTelling } from '../flow/telling.ts';
import type { World } from '../flow/world.ts';
import type { Facts } from '../probe/registry.ts';
import type { TraceBackend } from './backend.ts';
import { BACKENDS } from './backends/registry.ts';
import { watchDrops } from './drops/watch.ts';
import { endsOf } from './ends.ts';
import { journeysOf, type PlaceOf, type Traced } from './journeys.ts';
import { linkTracks } from './link.ts';
import { errorsFor, isOwnTable, matchesFor, OWN_CHAINS } from './own-table.ts';
import { type BaseChainOf, foldStops } from './stops.ts';

/** Each traced flow costs about 80 events a packet where firewalld runs. */
const MAX_TRACED = 12;

export interface TraceResult {
  backend: string | null;
  whyNot: { backend: string; why: string }[];
  journeys: readonly Journey[];
  /** The traced flows as they ended this time. */
  again: FlowResult[];
}

/** The backend that can run on this guest, with the reasons why those before it can't. */
export function chooseBackend(
  facts: Facts,
  guest: Guest,
): { backend?: TraceBackend; whyNot: TraceResult['whyNot'] } {
  const whyNot: TraceResult['whyNot'] = [];
  for (const backend of BACKENDS) {
    const why = guest.root.how === 'none' ? 'tracing needs root' : backend.whyNot(facts);
    if (why === undefined) return { backend, whyNot };
    whyNot.push({ backend: backend.id, why });
  }
  return { whyNot };
}

/** The failing flows that are worth a trace: telling ones first, each pair of ends once, from every place. */
export function worthTracing(planned: readonly Planned[], flows: readonly FlowResult[]): Planned[] {
  const bad = new Map(flows.filter(failed).map((f) => [f.id, f]));
  const seen = new Set<string>();
  const candidates = planned.filter(({ spec }) => {
    const flow = bad.get(spec.id);
    if (!flow) return false;
    const key = JSON.stringify([spec.from, spec.to.proto, spec.to.host, spec.to.port]);
    return seen.has(key) ? false : seen.add(key);
  });
  const weight = ({ spec }: Planned) => Number(!isTelling(bad.get(spec.id) as FlowResult));
  return candidates.sort((a, b) => weight(a) - weight(b)).slice(0, MAX_TRACED);
}

/** Traces failing flows: marks their packets, tries them again, and folds what was seen into journeys. */
export async function traceFlows(
  guest: Guest,
  input: {
    facts: Facts;
    world: World;
    planned: readonly Planned[];
    flows: readonly FlowResult[];
    place: PlaceOf;
    tryFromMac: TryFromMac;
  },
  signal: AbortSignal,
): Promise<TraceResult> {
  const { backend, whyNot } = chooseBackend(input.facts, guest);
  const chosen = worthTracing(input.planned, input.flows);
  if (!backend || chosen.length === 0)
    return { backend: backend?.id ?? null, whyNot, journeys: [], again: [] };
  const traced: Traced[] = chosen.map(({ spec }) => ({
    spec,
    ...endsOf(
      spec,
      input.world,
      input.flows.find((f) => f.id === spec.id),
    ),
  }));
  const trials = chosen.flatMap(({ spec, attempt }): Trial[] => (attempt ? [{ spec, attempt }] : []));
  const tries: Try[] = parseTries([], trials.length);
  const again: FlowResult[] = [];
  const fromMac = chosen.filter(({ spec }) => spec.from.where === 'mac');
  const { events, gap } = await backend.trace(
    guest,
    {
      trials,
      matches: matchesOf(traced),
      meanwhile: async () => {
        again.push(...(await Promise.all(fromMac.map(({ spec }) => input.tryFromMac(spec, signal)))));
      },
      onTryLine: (line) => void addTryLine(tries, line),
    },
    signal,
  );
  trials.forEach((trial, i) => {
    const attempt = tries[i];
    if (attempt?.began) again.push({ ...trial.spec, ...judge(trial.spec, attempt) });
  });
  const { stops, orphans } = foldStops(events, baseChainsOf(input.facts));
  const tracks = linkTracks(stops);
  const why = gap ?? (orphans > 0 ? `${orphans} events came without their packet` : undefined);
  const seen = traced.flatMap((flow) => journeysOf(flow, tracks, input.place, why));
  const journeys = await watchDrops(
    guest,
    { traced, trials, flows: input.flows, again, journeys: seen },
    signal,
  );
  return { backend: backend.id, whyNot, journeys, again };
}

function matchesOf(traced: readonly Traced[]): string[] {
  return traced.flatMap(({ spec, sources, destinations }) => [
    ...matchesFor(spec, sources, destinations),
    errorsFor(sources),
  ]);
}

function baseChainsOf(facts: Facts): BaseChainOf {
  const chains = facts.ruleset.ok ? facts.ruleset.value.chains : [];
  const known = new Map(
    chains.flatMap((c) => (c.base ? [[`${c.family} ${c.table} ${c.name}`, c.base]] : [])),
  );
  return (family, table, chain) =>
    isOwnTable(table) ? OWN_CHAINS[chain] : known.get(`${family} ${table} ${chain}`);
}
