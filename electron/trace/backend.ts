import type { Text } from '../../shared/text.ts';
import type { TraceEvent } from '../../shared/trace.ts';
import type { Guest } from '../connect/guest.ts';
import type { Trial } from '../flow/script.ts';
import type { Facts } from '../probe/registry.ts';
import type { PacketMatch } from './match.ts';

/** What a backend is asked to do: mark these packets, try these flows, tell what was seen. */
export interface TraceTask {
  trials: readonly Trial[];
  /** The packets of these flows. */
  matches: readonly PacketMatch[];
  /** Runs once the tracer listens, beside the trials: for flows that start outside the guest. */
  meanwhile?: () => Promise<void>;
  /** The old iptables has rules here, too: what they do has to be seen beside the rest. */
  legacy: boolean;
  /** A line about a trial, as try.sh prints it. */
  onTryLine: (line: string) => void;
}

export interface TraceOutcome {
  events: TraceEvent[];
  /** Why events may be missing; absent when the tracer saw everything to the end. */
  gap?: Text;
  /** Worth another try: `died`, with another backend; `overrun`, with fewer flows at a time. */
  broke?: 'died' | 'overrun';
}

/** A way of tracing packets in a guest. */
export interface TraceBackend {
  readonly id: string;
  /** Why it can't run on this guest, as a sentence; undefined when it can. */
  whyNot(facts: Facts): Text | undefined;
  /** Priority of the first place on the hooks where packets come in or start at which it sees them; absent: the very first. */
  readonly since?: number;
  /** What can end packets on this guest without its hearing of it; absent where it hears everything. */
  unheard?(facts: Facts): Text | undefined;
  /** Arms, tries, collects, disarms. Whatever it armed is gone when this settles, and when the link dies. */
  trace(guest: Guest, task: TraceTask, signal: AbortSignal): Promise<TraceOutcome>;
}
