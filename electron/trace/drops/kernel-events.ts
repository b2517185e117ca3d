interface Context {
  /** Process that the processor was in; a soft interrupt borrows whichever there is. */
  pid: number;
  softirq: boolean;
}

/** The kernel handles a packet: it comes in by a device (or goes out by it, `queue`). */
export interface SkbEvent extends Context {
  what: 'receive' | 'queue';
  skb: string;
  device: string;
}

/** A route is looked up. */
export interface Lookup extends Context {
  what: 'lookup';
  src: string;
  dst: string;
  /** For a packet that is sent from here, not for one that came in. */
  output: boolean;
  /** Device that the route found leads out by; absent where it leads nowhere. */
  device?: string;
  /** 0, or the negative errno of a route that bars the way or does not exist. */
  error: number;
}

/** A packet is thrown away. */
export interface DropEvent extends Context {
  what: 'drop';
  skb: string;
  /** Absent where the kernel knows no reasons, or gives none. */
  reason?: string;
  /** The kernel functions that led there, the innermost first; empty where the kernel told none. */
  functions: string[];
}

/** Here lines are left out: watch.sh keeps only those around drops. */
interface Gap {
  what: 'gap';
}

export type KernelEvent = SkbEvent | Lookup | DropEvent | Gap;

/** What one processor did during one try, in order. */
export interface CpuLog {
  try: number;
  cpu: number;
  events: KernelEvent[];
}

const SECTION = /^@@ (\d+) (\d+)$/;
/** `bash-2282 [001] ..s1. 3161.960341: kfree_skb: …`; a program's name may hold anything. */
const EVENT =
  /-(\d+) +\[\d{3,}\] (\S+) +\d+\.\d+: (kfree_skb|netif_receive_skb|net_dev_queue|fib_table_lookup): (.*)$/;
const FRAME = /^ => ([A-Za-z_][\w.]*)/;
const DROP = /^skbaddr=([0-9a-f]+) .*?protocol=2048\b(?:.* reason: (\S+))?$/;
const SKB = /^dev=(\S+) skbaddr=([0-9a-f]+) len=\d+$/;
const LOOKUP =
  /^table \d+ oif \d+ iif (\d+) .* (\d+\.\d+\.\d+\.\d+)\/\d+ -> (\d+\.\d+\.\d+\.\d+)\/\d+ tos .* ==> dev (\S+) gw .* err (-?\d+)$/;

/** Number of the interface `lo`, in each network namespace. */
const LOOPBACK = 1;
/** What the kernel says where it has no reason to say. */
const NO_REASON = 'NOT_SPECIFIED';
/** Functions that only carry out what another one decided. */
const FREEING =
  /^(trace_event_raw_event_|trace_event_buffer_|__?traceiter_|perf_trace_|kfree_skb|__kfree_skb|sk_skb_reason_drop|__sk_skb_reason_drop)/;

/**
 * What watch.sh printed, as events. Lines that are none of its own, or cut in half, are left out: without them less is
 * known, and nothing that is not so.
 */
export function parseKernelEvents(text: string): CpuLog[] {
  const logs: CpuLog[] = [];
  let drop: DropEvent | undefined;
  for (const line of text.split('\n')) {
    const section = SECTION.exec(line);
    if (section) {
      drop = undefined;
      logs.push({ try: Number(section[1]), cpu: Number(section[2]), events: [] });
      continue;
    }
    const frame = FRAME.exec(line)?.[1];
    if (frame !== undefined) {
      // The compiler's own parts of a function go by that function's name
      if (drop && !FREEING.test(frame))
        drop.functions.push(frame.replace(/\.(constprop|isra|part|cold).*$/, ''));
      continue;
    }
    if (line.endsWith(': <stack trace>')) continue;
    if (line === '--') logs.at(-1)?.events.push({ what: 'gap' });
    drop = undefined;
    const [, pid, flags = '', name, rest = ''] = EVENT.exec(line) ?? [];
    // The third flag: `s` in a soft interrupt, `h` and `H` in a hard one
    const event = name && parseEvent(name, rest, { pid: Number(pid), softirq: flags[2] === 's' });
    if (!event) continue;
    logs.at(-1)?.events.push(event);
    if (event.what === 'drop') drop = event;
  }
  return logs;
}

function parseEvent(name: string, text: string, context: Context): KernelEvent | undefined {
  switch (name) {
    case 'kfree_skb': {
      const [, skb, reason] = DROP.exec(text) ?? [];
      if (skb === undefined) return undefined;
      return {
        ...context,
        what: 'drop',
        skb,
        ...(reason === undefined || reason === NO_REASON ? {} : { reason }),
        functions: [],
      };
    }
    case 'fib_table_lookup': {
      const [, iif, src, dst, device, error] = LOOKUP.exec(text) ?? [];
      if (src === undefined || dst === undefined || device === undefined) return undefined;
      const by = device === '-' ? {} : { device };
      const output = Number(iif) === LOOPBACK;
      return { ...context, what: 'lookup', src, dst, output, ...by, error: Number(error) };
    }
    default: {
      const [, device, skb] = SKB.exec(text) ?? [];
      if (device === undefined || skb === undefined) return undefined;
      return { ...context, what: name === 'netif_receive_skb' ? 'receive' : 'queue', skb, device };
    }
  }
}
