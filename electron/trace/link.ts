import type { Packet } from '../../shared/trace.ts';
import type { SeenStop } from './stops.ts';

/** The stops of one packet, in order. */
export type Track = SeenStop[];

/** How far along the way through the kernel a hook lies. */
const RANK: Record<string, number> = {
  ingress: 0,
  prerouting: 1,
  output: 1,
  input: 2,
  forward: 2,
  postrouting: 3,
};
const rank = (stop: SeenStop) => RANK[stop.hook] ?? 1;

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
  if (rank(stop) < rank(last)) return false;
  if (last.verdict === 'drop' || last.verdict === 'reject') return false;
  if (a.ipId !== undefined && a.ipId !== 0) {
    // IP ids are counted by the sender: from another sender the same number is another packet
    return a.ipId === b.ipId && (sameTuple(a, b) || sameButTranslated(a, b));
  }
  // Without an id (IPv6, or the 0 of a SYN-ACK) only the tuple is left
  return a.ipId === b.ipId && (sameTuple(a, b) || (rank(stop) > 1 && sameButTranslated(a, b)));
}

/** Sorts stops into packets. Pure, and knows no backend. Linear in practice: the packet is nearly always a recent one. */
export function linkTracks(stops: Iterable<SeenStop>): Track[] {
  const tracks: Track[] = [];
  for (const stop of stops) {
    const track = findLast(tracks, (t) => {
      const last = t.at(-1);
      return last !== undefined && continues(last, stop);
    });
    if (track) track.push(stop);
    else tracks.push([stop]);
  }
  return tracks;
}

function findLast(tracks: Track[], wanted: (track: Track) => boolean): Track | undefined {
  for (let i = tracks.length - 1; i >= 0; i--) {
    const track = tracks[i];
    if (track && wanted(track)) return track;
  }
  return undefined;
}
