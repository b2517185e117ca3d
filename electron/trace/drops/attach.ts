import type { Journey, KernelDrop } from '../../../shared/trace.ts';
import type { Traced } from '../journeys.ts';
import type { OwnedDrop } from './whose.ts';

/** Once can be chance: the same has to happen to so many packets, of another try or sent again by TCP. */
const ENOUGH = 2;

type Direction = Journey['direction'];
interface Seen {
  owned: OwnedDrop;
  packets: number;
}

/** Does a packet with these ends belong to the flow, and which way does it go? */
function directionOf({ src, dst }: OwnedDrop, flow: Traced, own: readonly Journey[]): Direction | undefined {
  const far = new Set([...flow.destinations, ...own.flatMap(({ nat }) => (nat ? [nat.dst] : []))]);
  if (flow.spec.to.behind) far.add(flow.spec.to.behind.host);
  const request = flow.sources.includes(src) && far.has(dst);
  const reply = far.has(src) && flow.sources.includes(dst);
  if (request === reply) return undefined;
  return request ? 'request' : 'reply';
}

/** What happened to the most packets of one direction. */
function likeliest(drops: readonly OwnedDrop[]): Seen | undefined {
  const groups = new Map<string, Seen>();
  for (const owned of drops) {
    const { reason, function: name, route, iif, oif } = owned.drop;
    const key = JSON.stringify([reason, name, route, iif, oif, owned.netfilter?.hook]);
    const group = groups.get(key) ?? { owned, packets: 0 };
    group.packets++;
    groups.set(key, group);
  }
  const [best] = [...groups.values()].sort((a, b) => b.packets - a.packets);
  return best && best.packets >= ENOUGH ? best : undefined;
}

/**
 * Journeys with what the kernel did to their packets; those that it did nothing to come back as the same object. That
 * netfilter dropped them counts where no tracer told by which rule.
 */
export function attachDrops(
  journeys: readonly Journey[],
  flows: readonly Traced[],
  drops: readonly OwnedDrop[],
  tries: number,
): Journey[] {
  const changed = new Map<string, Journey>();
  for (const flow of flows) {
    const own = journeys.filter((j) => j.flowId === flow.spec.id);
    for (const direction of ['request', 'reply'] as const) {
      const seen = likeliest(drops.filter((d) => directionOf(d, flow, own) === direction));
      if (!seen) continue;
      const journey = own.find((j) => j.direction === direction);
      const { packets, owned } = seen;
      if (owned.netfilter) {
        const base = journey ?? (own.length === 0 && direction === 'request' ? bare(flow, owned) : undefined);
        if (base?.end === 'lost')
          changed.set(base.id, { ...base, netfilter: { ...owned.netfilter, packets, tries } });
        continue;
      }
      const drop: KernelDrop = { ...owned.drop, packets, tries };
      // That a reply came shows that its request arrived, whatever else was dropped
      if (journey && (journey.end === 'lost' || direction === 'reply'))
        changed.set(journey.id, { ...journey, end: 'lost', drop });
      else if (own.length === 0 && direction === 'request') {
        const unseen = neverSeen(flow, owned, drop);
        changed.set(unseen.id, unseen);
      }
    }
  }
  const known = new Set(journeys.map(({ id }) => id));
  const added = [...changed.values()].filter(({ id }) => !known.has(id));
  return [...journeys.map((j) => changed.get(j.id) ?? j), ...added];
}

/** A request that no chain ever saw: it was dropped before the first. */
function neverSeen(flow: Traced, owned: OwnedDrop, drop: KernelDrop): Journey {
  const { packet, ...rest } = bare(flow, owned);
  const iif = drop.iif ? { iif: drop.iif } : {};
  return { ...rest, packet: { ...packet, ...iif }, last: { hook: 'ingress', ...iif }, drop };
}

/** A request of which nothing is known but its ends. */
export function bare({ spec }: Pick<Traced, 'spec'>, { src, dst }: Pick<OwnedDrop, 'src' | 'dst'>): Journey {
  const { proto } = spec.to;
  const port = spec.to.guestPort ?? spec.to.port;
  return {
    id: `${spec.id} request`,
    flowId: spec.id,
    direction: 'request',
    packet: {
      src,
      dst,
      proto,
      ...(proto === 'icmp' ? {} : { dport: port }),
    },
    stops: [],
    end: 'lost',
  };
}
