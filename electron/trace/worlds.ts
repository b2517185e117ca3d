import type { Packet } from '../../shared/trace.ts';
import { hookRank, linkTracks, type Track } from './link.ts';
import type { SeenStop } from './stops.ts';

/** The same packet, as long as it is not translated: our own table sees it before and after. */
function samePacket(a: Packet, b: Packet): boolean {
  return (
    a.src === b.src &&
    a.dst === b.dst &&
    a.sport === b.sport &&
    a.dport === b.dport &&
    a.ipId === b.ipId &&
    a.flags === b.flags &&
    a.icmpType === b.icmpType
  );
}

/** nft and the old iptables hang on the same hooks, and the kernel goes by priority. */
const inOrder = (a: SeenStop, b: SeenStop) =>
  hookRank(a) - hookRank(b) || (a.priority ?? 0) - (b.priority ?? 0) || a.n - b.n;

/**
 * Sorts stops into packets where nft and the old iptables may both have told of them, each in its own text: those of one
 * packet are put together in the kernel's order.
 */
export function linkWorlds(stops: readonly SeenStop[]): Track[] {
  const legacy = linkTracks(stops.filter((stop) => stop.legacy));
  const tracks = linkTracks(stops.filter((stop) => !stop.legacy));
  const whole = new Set<Track>();
  for (const track of legacy) {
    const same = tracks.find(
      (other) => !whole.has(other) && other.some((a) => track.some((b) => samePacket(a.packet, b.packet))),
    );
    if (same) same.push(...track);
    else tracks.push(track);
    whole.add(same ?? track);
  }
  return tracks.map((track) => (track.some((stop) => stop.legacy) ? track.sort(inOrder) : track));
}
