import type { Journey } from '../../shared/trace.ts';
import { conventionalBase } from './conventional.ts';
import { unwrapped } from './envelope.ts';
import type { Happening, TraceFormat } from './format.ts';
import { FORMATS } from './formats/registry.ts';
import { buildJourney } from './journeys.ts';
import { byBeginning, Linker, type Track } from './link.ts';
import { memo } from './memo.ts';
import { type OtherText, otherText } from './nothing-read.ts';
import { SENTINEL } from './own-table.ts';
import { placeUnread } from './place.ts';
import { type BaseChainOf, StopFolder } from './stops.ts';

/** Packets that are inside of a hook at a time: the kernel has one for each processor, and those that wait in a queue. */
const IN_HOOK = 512;
/** Stops of packets under way at a time; a firewall's log has few, and a flood must not fill the memory. */
const UNDER_WAY = 2048;
/** Journeys that differ which are kept; further ones are only counted. */
const MOST_KINDS = 2000;
/** Chains that are remembered. */
const KNOWN = 256;
/** Characters of a line that are looked at. */
const LONGEST_LINE = 4096;

/** A journey, and how many packets fared exactly so. */
export interface LoggedJourney {
  journey: Journey;
  packets: number;
}

export interface TraceLog {
  /** Those that died first, then the others; each in the order in which they began. */
  journeys: LoggedJourney[];
  /** How many lines of each format were read: `nft-monitor`, `xtables-monitor`, `kernel-log`. */
  lines: Record<string, number>;
  /** Lines that were of no format. */
  otherLines: number;
  /** What the text seems to be, where it has no packets. */
  seems?: OtherText;
  packets: number;
  /** Packets whose kind of journey was left out, for there were too many kinds. */
  leftOut: number;
}

/**
 * Reads packets' journeys from the text of a tracer: what `nft monitor trace`, `xtables-monitor --trace` and the kernel's
 * log print, mixed and cut as it may be. In constant memory: lines come one by one, and packets that fared alike are
 * counted. There is no ruleset to look at: rules are told as the text has them.
 */
export class TraceLogReader {
  readonly #formats: readonly ReadFormat[] = FORMATS.map(({ id, reader }) => ({
    id,
    read: reader((traceId, happening) => this.#take(traceId, happening)),
    lines: 0,
  }));
  /** Which read the line before: it mostly reads the next one, too. */
  #latest: ReadFormat | undefined;
  readonly #folder = new StopFolder(remembered(conventionalBase), IN_HOOK);
  readonly #linker = new Linker((track) => this.#complete(track), UNDER_WAY);
  readonly #kinds = new Map<string, Kind>();
  #events = 0;
  #otherLines = 0;
  #seems: OtherText | undefined;
  #packets = 0;
  #leftOut = 0;

  line(text: string): void {
    const printed = unwrapped(text);
    const line = printed.length > LONGEST_LINE ? printed.slice(0, LONGEST_LINE) : printed;
    const format = this.#latest?.read(line)
      ? this.#latest
      : this.#formats.find((one) => one !== this.#latest && one.read(line));
    if (format) {
      format.lines += 1;
      this.#latest = format;
      return;
    }
    if (line.trim() === '') return;
    this.#otherLines += 1;
    if (this.#events === 0) this.#seems ??= otherText(line);
  }

  #take(traceId: string, happening: Happening): void {
    this.#events += 1;
    const stop = this.#folder.add(traceId, happening, this.#events);
    if (stop) this.#linker.add(stop);
  }

  /** No more lines come. */
  end(): TraceLog {
    this.#linker.end();
    const kinds = [...this.#kinds.values()].sort((a, b) => byBeginning(a.first, b.first));
    const all = kinds.map(({ first, packets }, i) => ({ journey: journeyOf(first, i + 1), packets }));
    const died = ({ journey }: LoggedJourney) => journey.end === 'dropped' || journey.end === 'rejected';
    return {
      journeys: [...all.filter(died), ...all.filter((kind) => !died(kind))],
      lines: Object.fromEntries(this.#formats.map(({ id, lines }) => [id, lines])),
      otherLines: this.#otherLines,
      ...(this.#seems && this.#packets === 0 ? { seems: this.#seems } : {}),
      packets: this.#packets,
      leftOut: this.#leftOut,
    };
  }

  /** How many objects are kept of the text so far: stops of packets under way, and kinds of journeys. */
  get held(): number {
    return this.#folder.held + this.#linker.held + this.#kinds.size;
  }

  #complete(track: Track): void {
    // our own tracer's signals to itself
    if (track[0]?.packet.dst === SENTINEL) return;
    this.#packets += 1;
    const key = kindOf(track);
    const known = this.#kinds.get(key);
    if (known) {
      known.packets += 1;
      if (byBeginning(track, known.first) < 0) known.first = track;
    } else if (this.#kinds.size >= MOST_KINDS) this.#leftOut += 1;
    else this.#kinds.set(key, { first: track, packets: 1 });
  }
}

/** A format with its reader of this text, and how many lines it read. */
interface ReadFormat extends Pick<TraceFormat, 'id'> {
  read(line: string): boolean;
  lines: number;
}

/** Packets that fared alike: the one that began first stands for all. */
interface Kind {
  first: Track;
  packets: number;
}

/** The same, looked up once for each chain. */
function remembered(baseChainOf: BaseChainOf): BaseChainOf {
  const families = memo(KNOWN, (family) =>
    memo(KNOWN, (table) => memo(KNOWN, (chain) => baseChainOf(family, table, chain))),
  );
  return (family, table, chain) => families(family)(table)(chain);
}

/** Ports from here on are picked by whoever sends (Linux: net.ipv4.ip_local_port_range). */
const PICKED = 32768;

/** What packets that fared alike share: protocol and ends (but for the port that one side picks), stops and rules. */
function kindOf(track: Track): string {
  const { proto, src, dst, sport = 0, dport = 0, flags, icmpType } = track[0]?.packet ?? {};
  const port = dport >= PICKED && sport < PICKED ? `from ${sport}` : dport;
  const parts: unknown[] = [proto, src, dst, port, flags, icmpType];
  for (const { family, table, baseChain, hook, verdict, policy, rules } of track) {
    parts.push(family, table, baseChain, hook, verdict, policy);
    for (const { chain, text, handle, position } of rules) parts.push(chain, handle ?? position ?? text);
  }
  return parts.join('\n');
}

function journeyOf(track: Track, number: number): Journey {
  const journey = buildJourney(track, { id: `p${number}`, flowId: 'log', direction: 'request' }, placeUnread);
  const last = track.at(-1);
  if (journey.end !== 'lost' || last === undefined) return journey;
  // A last verdict that was seen and let it through claims no more than that; an unknown one leaves it lost
  return last.verdict === 'accept' || last.table === 'LOG' ? { ...journey, end: 'passed' } : journey;
}
