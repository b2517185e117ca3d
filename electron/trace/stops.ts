import type { Packet, Stop, TraceEvent } from '../../shared/trace.ts';
import { LastSeen } from './last-seen.ts';

/** What is known of a base chain: where it hangs. */
export interface BaseChain {
  hook: string;
  priority?: number;
}
export type BaseChainOf = (family: string, table: string, chain: string) => BaseChain | undefined;

/** A stop as it was seen, with the kernel's trace id; that id holds within a hook only. */
export interface SeenStop extends Stop {
  traceId: string;
  /** Number of the event that began it. */
  n: number;
}

export interface Stops {
  stops: SeenStop[];
  /** Events whose packet line was never seen: something was lost on the way to us. */
  orphans: number;
}

const FINAL = new Set(['accept', 'drop', 'reject', 'queue']);

/**
 * Folds events into stops, one after the other: each base chain that a packet met, with the rules that matched and the
 * verdict. Packets that are under way at the same time are told apart by trace id, which is stable as long as one hook
 * lasts; at most `limit` of them are remembered.
 */
export class StopFolder {
  readonly #current: LastSeen<SeenStop>;
  /** Events whose packet line was never seen: something was lost on the way to us. */
  orphans = 0;
  constructor(
    private readonly baseChainOf: BaseChainOf,
    limit = Number.POSITIVE_INFINITY,
  ) {
    this.#current = new LastSeen(limit);
  }

  /** Gives the stop that the event begins, if it begins one; later events of that stop go into the same object. */
  add(event: TraceEvent): SeenStop | undefined {
    if (event.what === 'packet' && event.packet) {
      const stop = begin(event, event.packet, this.baseChainOf);
      this.#current.set(event.traceId, stop);
      return stop;
    }
    const stop = this.#current.get(event.traceId);
    if (!stop || stop.table !== event.table || stop.family !== event.family) {
      this.orphans++;
      return undefined;
    }
    if (event.what === 'rule') addRule(stop, event);
    if (event.what === 'policy') decide(stop, event.verdict, true);
    return undefined;
  }
}

/** Folds all events at once. */
export function foldStops(events: Iterable<TraceEvent>, baseChainOf: BaseChainOf): Stops {
  const folder = new StopFolder(baseChainOf);
  const stops: SeenStop[] = [];
  for (const event of events) {
    const stop = folder.add(event);
    if (stop) stops.push(stop);
  }
  return { stops, orphans: folder.orphans };
}

function begin(event: TraceEvent, packet: Packet, baseChainOf: BaseChainOf): SeenStop {
  const base = baseChainOf(event.family, event.table, event.chain) ?? guessHook(packet);
  return {
    n: event.n,
    traceId: event.traceId,
    family: event.family,
    table: event.table,
    baseChain: event.chain,
    hook: base.hook,
    ...(base.priority === undefined ? {} : { priority: base.priority }),
    packet,
    rules: [],
    verdict: 'unknown',
    policy: false,
  };
}

/** For a chain that the ruleset does not have (it came after we looked): the interfaces tell most of it. */
function guessHook(packet: Packet): BaseChain {
  if (packet.iif && packet.oif) return { hook: 'forward' };
  return { hook: packet.oif ? 'output' : 'prerouting' };
}

function addRule(stop: SeenStop, event: TraceEvent): void {
  const verdict = event.verdict ?? 'unknown';
  stop.rules.push({
    chain: event.chain,
    text: event.rule?.text ?? '',
    ...(event.rule?.handle === undefined ? {} : { handle: event.rule.handle }),
    ...(event.rule?.position === undefined ? {} : { position: event.rule.position }),
    verdict,
    ...(event.target ? { target: event.target } : {}),
  });
  decide(stop, verdict, false);
}

function decide(stop: SeenStop, verdict: string | undefined, policy: boolean): void {
  if (verdict === 'unknown') stop.policy = policy;
  if (!verdict || !FINAL.has(verdict)) return;
  stop.verdict = verdict as Stop['verdict'];
  stop.policy = policy;
}
