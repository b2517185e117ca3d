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

const sameSource = (a: Packet, b: Packet) => a.src === b.src && a.sport === b.sport;
const sameDestination = (a: Packet, b: Packet) => a.dst === b.dst && a.dport === b.dport;

function sameTuple(a: Packet, b: Packet): boolean {
  return sameSource(a, b) && sameDestination(a, b);
}

/** Translation changes one end of a packet at a time, or both where a container reaches itself through the host. */
function sameButTranslated(a: Packet, b: Packet): boolean {
  return sameSource(a, b) || sameDestination(a, b);
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
  if (isDead(last)) return false;
  if (a.ipId !== undefined && a.ipId !== 0) {
    // IP ids are counted by the sender: from another sender the same number is another packet
    return a.ipId === b.ipId && (sameTuple(a, b) || sameButTranslated(a, b));
  }
  // Without an id (IPv6, or the 0 of a SYN-ACK) only the tuple is left
  return a.ipId === b.ipId && (sameTuple(a, b) || (hookRank(stop) > 1 && sameButTranslated(a, b)));
}

/** Further stops of one packet count as another's: a text without ids may tell of packets that look the same for ever. */
const MOST_STOPS = 200;
/** Packets that share a key, of which the newest are looked at: without ids all that one end sends share one. */
const MOST_ALIKE = 32;

const isDead = (stop: SeenStop | undefined) => stop?.verdict === 'drop' || stop?.verdict === 'reject';

/** Is the stop the next one of this packet? */
function takes(track: Track, stop: SeenStop): boolean {
  const last = track.at(-1);
  return last !== undefined && track.length < MOST_STOPS && continues(last, stop);
}

/**
 * Sorts stops into packets as they come; knows no backend. A packet that died is complete once another one is seen; and
 * at most `limit` stops are held: of more, the oldest packets count as complete. A packet is looked for among those that
 * share the IP id, or an end where they have none, so the time for a stop does not grow with their number.
 */
export class Linker {
  /** The packets under way, in the order in which they began, each with the keys under which it is found. */
  readonly #open = new Map<Track, Key[]>();
  readonly #byKey = new Map<Key, Track[]>();
  /** The packet that was seen last: most stops are its, too. */
  #latest: Track = [];
  #held = 0;
  constructor(
    private readonly complete: (track: Track) => void,
    private readonly limit = Number.POSITIVE_INFINITY,
  ) {}

  /** Stops that are held for packets under way. */
  get held(): number {
    return this.#held;
  }

  add(stop: SeenStop): void {
    const last = this.#latest.at(-1);
    const goesOn = last !== undefined && takes(this.#latest, stop);
    if (!goesOn) {
      if (isDead(last)) this.#close(this.#latest);
      const keys = keysOf(stop.packet);
      this.#latest = this.#find(stop, keys) ?? [];
      this.#enter(this.#latest, keys);
    } else if (!sameTuple(last.packet, stop.packet)) this.#enter(this.#latest, keysOf(stop.packet));
    this.#latest.push(stop);
    this.#held += 1;
    if (this.#held > this.limit) this.#closeOldest();
  }

  /** No more stops come. */
  end(): void {
    for (const track of this.#open.keys()) this.#close(track);
  }

  #find(stop: SeenStop, keys: readonly Key[]): Track | undefined {
    let found: Track | undefined;
    for (const key of keys) {
      const track = this.#byKey.get(key)?.findLast((candidate) => takes(candidate, stop));
      // Of several the newest: the number of its last event says which
      if (track && (track.at(-1)?.n ?? 0) >= (found?.at(-1)?.n ?? 0)) found = track;
    }
    return found;
  }

  /** Lets the packet be found by what it has at this stop. */
  #enter(track: Track, more: readonly Key[]): void {
    const keys = this.#open.get(track) ?? [];
    if (keys.length === 0) this.#open.set(track, keys);
    for (const key of more) {
      if (keys.includes(key)) continue;
      keys.push(key);
      const alike = this.#byKey.get(key);
      if (!alike) this.#byKey.set(key, [track]);
      else if (alike.push(track) > MOST_ALIKE) alike.shift();
    }
  }

  /** Many at once: a map finds its oldest entry the slower the more before it were taken out. */
  #closeOldest(): void {
    for (const track of this.#open.keys()) {
      if (this.#held <= this.limit / 2) return;
      this.#close(track);
    }
  }

  #close(track: Track): void {
    for (const key of this.#open.get(track) ?? []) {
      const alike = this.#byKey.get(key) ?? [];
      const at = alike.indexOf(track);
      if (at >= 0) alike.splice(at, 1);
      if (alike.length === 0) this.#byKey.delete(key);
    }
    this.#open.delete(track);
    if (track === this.#latest) this.#latest = [];
    this.#held -= track.length;
    this.complete(track);
  }
}

/** By what a packet is found again. */
type Key = number | string;

/** What a packet keeps of itself through translation: its IP id, or one of its ends where it has none (see `continues`). */
function keysOf({ ipId, src, dst, sport, dport }: Packet): Key[] {
  return ipId ? [ipId] : [`from ${src} ${sport ?? ''}`, `to ${dst} ${dport ?? ''}`];
}

/** Sorts stops into packets, all at once and in the order in which they began. */
export function linkTracks(stops: Iterable<SeenStop>): Track[] {
  const tracks: Track[] = [];
  const linker = new Linker((track) => tracks.push(track));
  for (const stop of stops) linker.add(stop);
  linker.end();
  return tracks.sort(byBeginning);
}

/** The order in which packets began. */
export const byBeginning = (a: Track, b: Track): number => (a[0]?.n ?? 0) - (b[0]?.n ?? 0);
