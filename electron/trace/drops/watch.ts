import { readFileSync } from 'node:fs';
import type { FlowResult } from '../../../shared/flow.ts';
import type { Journey } from '../../../shared/trace.ts';
import type { Guest } from '../../connect/guest.ts';
import { quote } from '../../connect/quote.ts';
import { flowScript, type Trial } from '../../flow/script.ts';
import type { Traced } from '../journeys.ts';
import { attachDrops } from './attach.ts';
import { parseKernelEvents } from './kernel-events.ts';
import { ownedDrops } from './whose.ts';

const SCRIPT = readFileSync(new URL('./watch.sh', import.meta.url), 'utf8');

/** At most; a slow guest does with two. */
const TRIES = 3;
/** Seconds that a flow has in each: the drop comes at once, or with the answer. */
const TRY_S = 1;
/** Seconds after which the guest takes everything away, whatever happens to us. */
const LIMIT_S = 30;
/** Flows that are tried at once. */
const MAX_WATCHED = 6;

/** What was traced, how it ended then, and how far its packets were seen. */
interface Watched {
  traced: readonly Traced[];
  trials: readonly Trial[];
  /** The flows as they were measured, and those of them that were tried while traced as they ended then. */
  flows: readonly FlowResult[];
  again: readonly FlowResult[];
  journeys: readonly Journey[];
}

/** A flow that ended without a word, whose end no rule explains. */
interface Lost {
  traced: Traced;
  trial: Trial;
}

/** The whole script for these flows: what varies, then watch.sh. */
export function watchScript(trials: readonly Trial[]): string {
  const body = [`TRIES=${TRIES} LIMIT=${LIMIT_S}`, `flows() {\n${flowScript(trials, TRY_S)}}`, SCRIPT].join(
    '\n',
  );
  return `exec bash -c ${quote(body)}`;
}

/** Did a flow end without a word when it was tried last? */
export function isLost(id: string, { flows, again }: Pick<Watched, 'flows' | 'again'>): boolean {
  const outcome = (again.find((f) => f.id === id) ?? flows.find((f) => f.id === id))?.outcome;
  return outcome === 'timeout' || outcome === 'unreachable';
}

/** One flow for each pair of ends: of two between the same addresses, the drops could not be told apart. */
function lostFlows({ traced, trials, flows, again, journeys }: Watched): Lost[] {
  const byEnds = new Map<string, Lost>();
  for (const flow of traced) {
    const { id } = flow.spec;
    const trial = trials.find(({ spec }) => spec.id === id);
    const explained = journeys.some((j) => j.flowId === id && j.at !== undefined);
    if (!trial || explained || !isLost(id, { flows, again })) continue;
    const ends = JSON.stringify([flow.sources, flow.destinations]);
    if (!byEnds.has(ends)) byEnds.set(ends, { traced: flow, trial });
  }
  return [...byEnds.values()].slice(0, MAX_WATCHED);
}

/**
 * Tries the flows that were lost without a rule again, while the kernel tells which packets it throws away, and gives the
 * journeys with what was seen. One command, and only where there are such flows; where the guest's kernel can't tell, the
 * journeys stay as they are.
 */
export async function watchDrops(
  guest: Guest,
  watched: Watched,
  signal: AbortSignal,
): Promise<readonly Journey[]> {
  const lost = lostFlows(watched);
  if (lost.length === 0 || guest.root.how === 'none') return watched.journeys;
  const { stdout } = await guest.exec(
    {
      purpose: { en: 'Watch which packets the kernel drops', 'zh-CN': '观察内核丢弃了哪些数据包' },
      script: watchScript(lost.map(({ trial }) => trial)),
      asRoot: true,
      timeoutMs: (LIMIT_S + 5) * 1000,
    },
    signal,
  );
  const logs = parseKernelEvents(stdout);
  const tries = Math.max(0, ...logs.map((log) => log.try));
  return attachDrops(
    watched.journeys,
    lost.map(({ traced }) => traced),
    ownedDrops(logs),
    tries,
  );
}
