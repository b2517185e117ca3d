import type { FlowResult } from '../shared/flow.ts';
import type { Target } from '../shared/target.ts';
import type { Journey } from '../shared/trace.ts';
import type { Guest } from './connect/guest.ts';
import type { Scene } from './diagnose/rule.ts';
import type { Planned } from './flow/kind.ts';
import type { TryFromMac } from './flow/mac.ts';
import { measureFlows } from './flow/measure.ts';
import { planFlows } from './flow/plan.ts';
import { repeatFlows } from './flow/repeat.ts';
import { badFlows, failed } from './flow/telling.ts';
import { type Forward, worldFrom } from './flow/world.ts';
import { guestFacts } from './guest-facts.ts';
import { gatherFacts } from './probe/gather.ts';
import type { Facts } from './probe/registry.ts';
import type { LoggedGuest, RunLog } from './run-log.ts';
import { placeFinder } from './trace/place.ts';
import { refine } from './trace/refine.ts';
import { hitsSometimes } from './trace/sometimes.ts';
import { type TraceInput, traceFlows } from './trace/trace.ts';

export interface ObserveInput {
  targets: readonly Target[];
  forwards: readonly Forward[];
  tryFromMac: TryFromMac;
  /** Id of the one tracer to use; otherwise the best that works. */
  traceBackend?: string | undefined;
  /** Has to be settled before anything is put into the guest. */
  before?: Promise<unknown>;
}

/**
 * All that can be seen of a guest: facts, then flows, then traces of the flows that fail. Judging is another step: what
 * comes out here is all that rules ever look at.
 */
export async function observe(
  guest: LoggedGuest,
  input: ObserveInput,
  log: RunLog,
  signal: AbortSignal,
): Promise<Scene> {
  const facts = await log.step('probe', async () => {
    const [found] = await Promise.all([probe(guest, log, signal), input.before]);
    return found;
  });
  const world = worldFrom(facts, input.targets, input.forwards);
  const planned = planFlows(world);
  const flows = await log.step('flow', () =>
    tryFlows(
      guest,
      planned,
      { facts, tryFromMac: input.tryFromMac, onResult: (flow) => log.tell({ type: 'flow', flow }) },
      signal,
    ),
  );
  return log.step('trace', () =>
    trace(
      guest,
      { facts, world, planned, flows, tryFromMac: input.tryFromMac, backend: input.traceBackend },
      log,
      signal,
    ),
  );
}

async function probe(guest: LoggedGuest, log: RunLog, signal: AbortSignal): Promise<Facts> {
  const facts = await gatherFacts((_, command) => guest.ask(command, signal), {
    onFact: (id, fact, summary) =>
      log.tell(
        fact.ok
          ? { type: 'fact', probe: id, commandId: fact.commandId, ok: true, ...(summary && { summary }) }
          : {
              type: 'fact',
              probe: id,
              commandId: fact.commandId,
              ok: false,
              reason: fact.reason,
              detail: fact.detail,
            },
      ),
  });
  log.tell({ type: 'guest', facts: guestFacts(facts) });
  return facts;
}

interface Trying {
  facts: Facts;
  tryFromMac: TryFromMac;
  onResult?: (flow: FlowResult) => void;
}

/** Tries flows in the guest of a run; `onResult` hears of each as it ends. */
export function tryFlows(
  guest: LoggedGuest,
  planned: readonly Planned[],
  { facts, tryFromMac, onResult = () => undefined }: Trying,
  signal: AbortSignal,
): Promise<FlowResult[]> {
  const commandId = () => guest.lastStreamId;
  return measureFlows(guest, planned, { hasBash: hasBash(facts), tryFromMac, signal, onResult, commandId });
}

type Measured = Omit<TraceInput, 'place'>;

/** Traces what failed, and lets what was seen then correct what was measured before. */
async function trace(guest: Guest, measured: Measured, log: RunLog, signal: AbortSignal): Promise<Scene> {
  const { facts, world } = measured;
  const result = await traceFlows(guest, { ...measured, place: placeFinder(facts) }, signal);
  if (measured.flows.some(failed))
    log.tell({ type: 'tracer', backend: result.backend, whyNot: result.whyNot });
  for (const journey of result.journeys) log.tell({ type: 'journey', journey });
  const refined = refine(measured.flows, result.again, result.journeys);
  const flows = await withRates(guest, measured, refined, result.journeys, signal);
  for (const flow of flows) if (!measured.flows.includes(flow)) log.tell({ type: 'flow', flow });
  return {
    facts,
    world,
    flows,
    bad: badFlows(flows, result.journeys),
    journeys: result.journeys,
  };
}

/** Flows that fail now and then, with how often they do. */
async function withRates(
  guest: Guest,
  { planned, facts, tryFromMac }: Measured,
  flows: readonly FlowResult[],
  journeys: readonly Journey[],
  signal: AbortSignal,
): Promise<readonly FlowResult[]> {
  const isShaky = (flow: FlowResult) =>
    failed(flow) &&
    (flow.tries !== undefined ||
      journeys.some((j) => j.flowId === flow.id && j.at !== undefined && hitsSometimes(j.at)));
  const shaky = new Set(flows.filter(isShaky).map(({ id }) => id));
  const rates = await repeatFlows(
    guest,
    planned.filter(({ spec }) => shaky.has(spec.id)),
    { hasBash: hasBash(facts), tryFromMac, signal },
  );
  return flows.map((flow) => {
    const tries = rates.get(flow.id);
    return tries ? { ...flow, tries } : flow;
  });
}

/** Flows in the guest are tried with bash. */
function hasBash({ versions }: Facts): boolean {
  return !versions.ok || versions.value.tools.bash !== undefined;
}
