import ipaddr from 'ipaddr.js';
import type { FlowResult } from '../../shared/flow.ts';
import type { Text } from '../../shared/text.ts';
import type { Journey } from '../../shared/trace.ts';
import type { Guest } from '../connect/guest.ts';
import type { Planned } from '../flow/kind.ts';
import type { TryFromMac } from '../flow/mac.ts';
import { addTryLine, judge, parseTries, type Try } from '../flow/outcome.ts';
import type { Trial } from '../flow/script.ts';
import { failed, isTelling } from '../flow/telling.ts';
import type { World } from '../flow/world.ts';
import type { Facts } from '../probe/registry.ts';
import type { TraceBackend, TraceOutcome } from './backend.ts';
import { BACKENDS } from './backends/registry.ts';
import { legacyInUse } from './can-run.ts';
import { conventionalBase } from './conventional.ts';
import { isLost, watchDrops } from './drops/watch.ts';
import { endsOf } from './ends.ts';
import { journeysOf, type PlaceOf, type Traced } from './journeys.ts';
import { errorsTo, matchesFor, type PacketMatch } from './match.ts';
import { isOwnTable, OWN_CHAINS } from './own-table.ts';
import { type BaseChainOf, foldStops } from './stops.ts';
import { withSuspects } from './suspects.ts';
import { withUnseen } from './unseen.ts';
import { withRules } from './with-rules.ts';
import { linkWorlds } from './worlds.ts';

/** How often flows that were too much at once are halved: 12, 6, 3. */
const MAX_HALVINGS = 2;
/** Each traced flow costs about 80 events a packet where firewalld runs. */
const MAX_TRACED = 12;

export interface TraceResult {
  backend: string | null;
  whyNot: { backend: string; why: Text }[];
  journeys: readonly Journey[];
  /** The traced flows as they ended this time. */
  again: FlowResult[];
}

const NEEDS_ROOT: Text = { en: 'tracing needs root', 'zh-CN': '跟踪数据包需要 root 权限' };
const DIED: Text = { en: 'the tracer died', 'zh-CN': '跟踪程序意外退出' };

/** Why a backend can't run on this guest, as a sentence; undefined when it can. */
function whyNotHere(backend: TraceBackend, facts: Facts, guest: Pick<Guest, 'root'>): Text | undefined {
  return guest.root.how === 'none' ? NEEDS_ROOT : backend.whyNot(facts);
}

/** The failing flows that are worth a trace: telling ones first, each pair of ends once, from every place. */
export function worthTracing(planned: readonly Planned[], flows: readonly FlowResult[]): Planned[] {
  const bad = new Map(flows.filter(failed).map((f) => [f.id, f]));
  const seen = new Set<string>();
  const candidates = planned.filter(({ spec }) => {
    const flow = bad.get(spec.id);
    // only IPv4 is followed
    if (!flow || ipaddr.IPv6.isValid(spec.to.host)) return false;
    const key = JSON.stringify([spec.from, spec.to.proto, spec.to.host, spec.to.port]);
    return seen.has(key) ? false : seen.add(key);
  });
  const weight = ({ spec }: Planned) => Number(!isTelling(bad.get(spec.id) as FlowResult));
  return candidates.sort((a, b) => weight(a) - weight(b)).slice(0, MAX_TRACED);
}

export interface TraceInput {
  facts: Facts;
  world: World;
  planned: readonly Planned[];
  flows: readonly FlowResult[];
  place: PlaceOf;
  tryFromMac: TryFromMac;
  /** Id of the one backend to use; otherwise the best that works. */
  backend?: string | undefined;
}

/** Traces failing flows: marks their packets, tries them again, and folds what was seen into journeys. */
export async function traceFlows(guest: Guest, input: TraceInput, signal: AbortSignal): Promise<TraceResult> {
  const chosen = worthTracing(input.planned, input.flows);
  const whyNot: TraceResult['whyNot'] = [];
  let last: TraceResult = { backend: null, whyNot, journeys: [], again: [] };
  for (const backend of BACKENDS) {
    if (input.backend !== undefined && backend.id !== input.backend) continue;
    const why = whyNotHere(backend, input.facts, guest);
    if (why !== undefined) {
      whyNot.push({ backend: backend.id, why });
      continue;
    }
    if (chosen.length === 0) return { ...last, backend: backend.id };
    const seen = await traceNarrower(backend, guest, input, chosen, signal);
    last = { backend: backend.id, whyNot, journeys: seen.journeys, again: seen.again };
    if (seen.broke !== 'died') return last;
    whyNot.push({ backend: backend.id, why: seen.gap ?? DIED });
  }
  // None held out: what the last one saw counts, and its journeys say that something is missing
  return last;
}

interface Seen extends Pick<TraceOutcome, 'gap' | 'broke'> {
  journeys: readonly Journey[];
  again: FlowResult[];
}

/** Traces these flows; where that were too many events at once, each half by itself, and so on. */
async function traceNarrower(
  backend: TraceBackend,
  guest: Guest,
  input: TraceInput,
  chosen: readonly Planned[],
  signal: AbortSignal,
  halvings = 0,
): Promise<Seen> {
  const seen = await traceOnce(backend, guest, input, chosen, signal);
  if (seen.broke !== 'overrun' || chosen.length < 2 || halvings === MAX_HALVINGS) return seen;
  const middle = Math.ceil(chosen.length / 2);
  const halves: Seen[] = [];
  for (const half of [chosen.slice(0, middle), chosen.slice(middle)])
    halves.push(await traceNarrower(backend, guest, input, half, signal, halvings + 1));
  const broken = halves.find(({ broke }) => broke);
  return {
    ...broken,
    journeys: halves.flatMap(({ journeys }) => journeys),
    again: halves.flatMap(({ again }) => again),
  };
}

async function traceOnce(
  backend: TraceBackend,
  guest: Guest,
  input: TraceInput,
  chosen: readonly Planned[],
  signal: AbortSignal,
): Promise<Seen> {
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
  const { events, gap, broke } = await backend.trace(
    guest,
    {
      trials,
      matches: matchesOf(traced, input.world.guestAddresses),
      legacy: legacyInUse(input.facts),
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
  const { stops, orphans } = foldStops(withRules(events, input.facts), baseChainsOf(input.facts));
  const tracks = linkWorlds(stops);
  const why = gap ?? (orphans > 0 ? withoutPacket(orphans) : backend.unheard?.(input.facts));
  const seen = traced.flatMap((flow) => journeysOf(flow, tracks, input.place, why));
  // What a broken tracer saw does not tell which packets no rule dropped
  if (broke) return { journeys: seen, again, broke, ...(gap ? { gap } : {}) };
  const lookedAt = { traced, trials, flows: input.flows, again, journeys: seen };
  const told = await watchDrops(guest, lookedAt, signal);
  const lost = traced.filter(({ spec }) => isLost(spec.id, lookedAt));
  const journeys = withUnseen(told, gap || orphans > 0 ? [] : lost, input.facts, backend.since).map(
    (journey) => withSuspects(journey, input.facts),
  );
  return { journeys, again, ...(gap ? { gap } : {}) };
}

function withoutPacket(events: number): Text {
  return {
    en: `${events} events came without their packet`,
    'zh-CN': `${events} 个事件缺少对应的数据包`,
  };
}

function matchesOf(traced: readonly Traced[], guest: readonly string[]): PacketMatch[] {
  return [
    ...traced.flatMap(({ spec, sources, destinations }) => [
      ...matchesFor(spec, sources, destinations),
      ...errorsTo([...sources, ...destinations, ...(spec.to.behind ? [spec.to.behind.host] : [])]),
    ]),
    ...errorsTo(guest),
  ];
}

/** Where base chains hang: as the ruleset says, else as their names do. */
function baseChainsOf(facts: Facts): BaseChainOf {
  const chains = facts.ruleset.ok ? facts.ruleset.value.chains : [];
  const known = new Map(
    chains.flatMap((c) => (c.base ? [[`${c.family} ${c.table} ${c.name}`, c.base]] : [])),
  );
  return (family, table, chain) =>
    isOwnTable(table)
      ? OWN_CHAINS[chain]
      : (known.get(`${family} ${table} ${chain}`) ?? conventionalBase(family, table, chain));
}
