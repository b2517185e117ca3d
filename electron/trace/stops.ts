import type { Packet, Stop, TraceEvent } from '../../shared/trace.ts';
import type { Happening } from './format.ts';
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

/** Rules of one stop that are kept, the last of all among them: a text may lack the line that ends a packet's stop. */
const MOST_RULES = 256;

const FINAL = new Set(['accept', 'drop', 'reject', 'queue']);

/**
 * Folds events into stops, one after the other: each base chain that a packet met, with the rules that matched and the
 * verdict. Packets that are under way at the same time are told apart by trace id, which is stable as long as one hook
 * lasts; at most `limit` of them are remembered.
 */
export class StopFolder {
  readonly #current: LastSeen<SeenStop>;
  readonly #rules = new WeakMap<Happening, Stop['rules'][number]>();
  /** Events whose packet line was never seen: something was lost on the way to us. */
  orphans = 0;
  constructor(
    private readonly baseChainOf: BaseChainOf,
    limit = Number.POSITIVE_INFINITY,
  ) {
    this.#current = new LastSeen(limit);
  }

  /** Stops to which events may still be added. */
  get held(): number {
    return this.#current.size;
  }

  /** Gives the stop that the event begins, if it begins one; later events of that stop go into the same object. */
  add(traceId: string, event: Happening, n: number): SeenStop | undefined {
    if (event.what === 'packet' && event.packet) {
      const stop = begin(traceId, event, event.packet, n, this.baseChainOf);
      this.#current.set(traceId, stop);
      return stop;
    }
    const stop = this.#current.get(traceId);
    if (!stop || stop.table !== event.table || stop.family !== event.family) {
      this.orphans++;
      return undefined;
    }
    if (event.what === 'rule') this.#addRule(stop, event);
    if (event.what === 'policy') decide(stop, event.verdict, true);
    // what comes under its id now is another packet's
    if (stop.verdict === 'drop' || stop.verdict === 'reject') this.#current.delete(traceId);
    return undefined;
  }

  #addRule(stop: SeenStop, event: Happening): void {
    // most of a log tells of the same rules again: packets share what is said of them
    let rule = this.#rules.get(event);
    if (!rule) {
      rule = matchedRule(event);
      this.#rules.set(event, rule);
    }
    if (stop.rules.length === MOST_RULES) stop.rules.pop();
    stop.rules.push(rule);
    decide(stop, rule.verdict, false);
  }
}

/** Folds all events at once. */
export function foldStops(events: Iterable<TraceEvent>, baseChainOf: BaseChainOf): Stops {
  const folder = new StopFolder(baseChainOf);
  const stops: SeenStop[] = [];
  for (const event of events) {
    const stop = folder.add(event.traceId, event, event.n);
    if (stop) stops.push(stop);
  }
  return { stops, orphans: folder.orphans };
}

function begin(
  traceId: string,
  event: Happening,
  packet: Packet,
  n: number,
  baseChainOf: BaseChainOf,
): SeenStop {
  const base = baseChainOf(event.family, event.table, event.chain) ?? guessHook(packet);
  return {
    n,
    traceId,
    family: event.family,
    table: event.table,
    baseChain: event.chain,
    legacy: event.legacy,
    seenAt: event.seenAt,
    hook: base.hook,
    priority: base.priority,
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

function matchedRule(event: Happening): Stop['rules'][number] {
  return {
    chain: event.chain,
    text: event.rule?.text ?? '',
    ...(event.rule?.handle === undefined ? {} : { handle: event.rule.handle }),
    ...(event.rule?.position === undefined ? {} : { position: event.rule.position }),
    verdict: event.verdict ?? 'unknown',
    ...(event.target ? { target: event.target } : {}),
  };
}

function decide(stop: SeenStop, verdict: string | undefined, policy: boolean): void {
  if (verdict === 'unknown') stop.policy = policy;
  if (!verdict || !FINAL.has(verdict)) return;
  stop.verdict = verdict as Stop['verdict'];
  stop.policy = policy;
}
