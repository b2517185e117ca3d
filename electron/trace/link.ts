import type { Packet } from '../../shared/trace.ts';
import type { SeenStop } from './stops.ts';

/** The stops of one packet, in order. */
export type Track = SeenStop[];

const RANK: Record<string, number> = {
  ingress: 0,
  prerouting: 1,
  output: 1,
  input: 2,
  forward: 2,
  postrouting: 3,
};
/** How far along the way through the kernel a stop's hook lies. */
export const hookRank = (stop: SeenStop): number => RANK[stop.hook] ?? 1;

const end = (address: string, port: number | undefined) => `${address} ${port ?? ''}`;

function sameTuple(a: Packet, b: Packet): boolean {
  return end(a.src, a.sport) === end(b.src, b.sport) && end(a.dst, a.dport) === end(b.dst, b.dport);
}

/** Translation changes one end of a packet at a time, or both where a container reaches itself through the host. */
function sameButTranslated(a: Packet, b: Packet): boolean {
  return end(a.src, a.sport) === end(b.src, b.sport) || end(a.dst, a.dport) === end(b.dst, b.dport);
}

/**
 * Is `stop` the next place of the packet that was last seen at `last`? The trace id changes between hooks (seen on
 * Linux 5.10 to 6.18), so the packet itself has to say: protocol, IP id, and its ends before or after translation.
 */
function continues(last: SeenStop, stop: SeenStop): boolean {
  const a = last.packet;
  const b = stop.packet;
  // In the ip and ip6 families nft sometimes leaves the protocol out
  if (a.proto !== b.proto && a.proto !== 'unknown' && b.proto !== 'unknown') return false;
  if (a.icmpType !== b.icmpType || a.flags !== b.flags) return false;
  if (hookRank(stop) < hookRank(last)) return false;
  if (last.verdict === 'drop' || last.verdict === 'reject') return false;
  if (a.ipId !== undefined && a.ipId !== 0) {
    // IP ids are counted by the sender: from another sender the same number is another packet
    return a.ipId === b.ipId && (sameTuple(a, b) || sameButTranslated(a, b));
  }
  // Without an id (IPv6, or the 0 of a SYN-ACK) only the tuple is left
  return a.ipId === b.ipId && (sameTuple(a, b) || (hookRank(stop) > 1 && sameButTranslated(a, b)));
}

/**
 * Sorts stops into packets as they come; knows no backend. At most `limit` packets are under way at a time: of more, the
 * oldest count as complete. A packet is looked for among those that share an end and the IP id, so the time for a stop
 * does not grow with their number.
 */
export class Linker {
  readonly #open = new Set<Track>();
  readonly #byEnd = new Map<string, Track[]>();
  constructor(
    private readonly complete: (track: Track) => void,
    private readonly limit = Number.POSITIVE_INFINITY,
  ) {}

  add(stop: SeenStop): void {
    const keys = endsOf(stop.packet);
    const track = this.#find(stop, keys) ?? this.#begin();
    track.push(stop);
    for (const key of keys) {
      const known = this.#byEnd.get(key);
      if (!known) this.#byEnd.set(key, [track]);
      else if (!known.includes(track)) known.push(track);
    }
    if (this.#open.size > this.limit) this.#close(first(this.#open));
  }

  /** No more stops come. */
  end(): void {
    for (const track of this.#open) this.complete(track);
    this.#open.clear();
    this.#byEnd.clear();
  }

  #find(stop: SeenStop, keys: readonly string[]): Track | undefined {
    let found: Track | undefined;
    for (const key of keys) {
      const track = this.#byEnd.get(key)?.findLast((candidate) => {
        const last = candidate.at(-1);
        return last !== undefined && continues(last, stop);
      });
      // Of several the newest: the number of its last event says which
      if (track && (track.at(-1)?.n ?? 0) >= (found?.at(-1)?.n ?? 0)) found = track;
    }
    return found;
  }

  #begin(): Track {
    const track: Track = [];
    this.#open.add(track);
    return track;
  }

  #close(track: Track | undefined): void {
    if (!track) return;
    this.#open.delete(track);
    for (const key of new Set(track.flatMap((stop) => endsOf(stop.packet)))) {
      const left = this.#byEnd.get(key)?.filter((other) => other !== track) ?? [];
      if (left.length > 0) this.#byEnd.set(key, left);
      else this.#byEnd.delete(key);
    }
    this.complete(track);
  }
}

const first = <T>(set: Set<T>): T | undefined => set.values().next().value;

/** What a packet keeps of itself through translation: its IP id, and one of its ends. */
function endsOf({ ipId, src, dst, sport, dport }: Packet): [string, string] {
  return [`${ipId ?? ''} from ${end(src, sport)}`, `${ipId ?? ''} to ${end(dst, dport)}`];
}

/** Sorts stops into packets, all at once and in the order in which they began. */
export function linkTracks(stops: Iterable<SeenStop>): Track[] {
  const tracks: Track[] = [];
  const linker = new Linker((track) => tracks.push(track));
  for (const stop of stops) linker.add(stop);
  linker.end();
  return tracks;
}
