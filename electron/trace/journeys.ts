import type { FlowSpec } from '../../shared/flow.ts';
import type { Text } from '../../shared/text.ts';
import type { Journey, MissedRule, Packet, RulePlace, Stop } from '../../shared/trace.ts';
import type { Track } from './link.ts';
import { isOwnTable } from './own-table.ts';
import type { SeenStop } from './stops.ts';

/** A flow that was traced, with the addresses its packets can carry. */
export interface Traced {
  spec: FlowSpec;
  sources: readonly string[];
  destinations: readonly string[];
}

/** Turns a fatal stop into the place of the rule as the ruleset has it, and the rules before it that did not match. */
export type PlaceOf = (stop: Stop) => { at: RulePlace; missed: MissedRule[] };

const FATAL = new Set(['drop', 'reject']);
const TOO_BIG = 'frag-needed';
/** Protocols' numbers in an IP header. */
const IANA = { icmp: 1, tcp: 6, udp: 17 };
const isError = (p: Packet) =>
  p.proto === 'icmp' && (p.icmpType === 'destination-unreachable' || p.icmpType === 'time-exceeded');

function isRequest(p: Packet, { spec, sources, destinations }: Traced): boolean {
  const { proto } = spec.to;
  const port = spec.to.guestPort ?? spec.to.port;
  if (p.proto !== proto || !destinations.includes(p.dst)) return false;
  if (sources.length > 0 && !sources.includes(p.src)) return false;
  return proto === 'icmp' ? p.icmpType === 'echo-request' : p.dport === port;
}

/**
 * Is this track what came back for the request? From the right place; and to the right one: it arrives at the address
 * and port that the request left with, or, once translated back, at where it started.
 */
function isReply(track: Track, { spec, sources, destinations }: Traced, request: Track | undefined): boolean {
  const p = first(track);
  const { proto, behind } = spec.to;
  const port = spec.to.guestPort ?? spec.to.port;
  if (!p || p.proto !== proto) return false;
  const fromThere =
    destinations.includes(p.src) && (proto === 'icmp' ? p.icmpType === 'echo-reply' : p.sport === port);
  const fromBehind = behind !== undefined && p.src === behind.host && p.sport === behind.port;
  if (!fromThere && !fromBehind) return false;
  const there = track.some((s) => sources.includes(s.packet.dst));
  if (!request || proto === 'icmp') return there;
  const last = request.at(-1);
  const ports = [first(request)?.sport, last?.packet.sport];
  // Where no table of ours is last on the way out, nobody saw with which address the request left
  const unseen = last !== undefined && !isOwnTable(last.table);
  return ports.includes(p.dport) && (there || unseen || p.dst === last?.packet.src);
}

const first = (track: Track): Packet | undefined => track[0]?.packet;

/** The most telling of several tries: one that died, else the one that got furthest. */
function pick(tracks: Track[]): Track | undefined {
  const dead = tracks.find((t) => t.some((s) => FATAL.has(s.verdict)));
  return (
    dead ??
    tracks.reduce<Track | undefined>((best, t) => (t.length > (best?.length ?? 0) ? t : best), undefined)
  );
}

/**
 * The journeys of one flow: its request, and what came back. Empty when nothing of it was seen at all. `gap` says why
 * events may be missing.
 */
export function journeysOf(
  traced: Traced,
  tracks: readonly Track[],
  placeOf: PlaceOf,
  gap?: Text,
): Journey[] {
  const requests = tracks.filter((t) => {
    const p = first(t);
    return p !== undefined && isRequest(p, traced);
  });
  const request = pick(requests);
  const reply = pick(tracks.filter((t) => isReply(t, traced, request)));
  const own = new Set(requests.flatMap((track) => track.map(({ packet }) => packet.ipId)));
  const about = (ends: readonly string[]) =>
    errorOf(
      tracks.filter((track) => isAbout(track, traced.spec.to.proto, own)),
      ends,
      traced,
      placeOf,
    );
  const build = (track: Track, flowId: string, direction: Journey['direction']) =>
    buildJourney(track, { id: `${flowId} ${direction}`, flowId, direction }, placeOf, gap);
  const journeys: Journey[] = [];
  if (request) {
    const journey = build(request, traced.spec.id, 'request');
    if (journey.end === 'lost' && (reply || arrived(request))) journey.end = 'delivered';
    journeys.push(withError(journey, about(traced.sources)));
  }
  if (reply) {
    const journey = build(reply, traced.spec.id, 'reply');
    if (journey.end === 'lost' && wentOut(reply)) journey.end = 'delivered';
    const { behind } = traced.spec.to;
    journeys.push(withError(journey, about([...traced.destinations, ...(behind ? [behind.host] : [])])));
  }
  return journeys;
}

/** What an ICMP error says of the packet that it is about. */
type IcmpAnswer = Pick<Journey, 'icmpError' | 'icmpFrom' | 'icmpAt'>;

/**
 * The ICMP error that went to one end of a flow: what it says, who sent it, and the rule at which it died itself. One that
 * died comes first, for nobody else knows of it; then one from the flow's own destination.
 */
function errorOf(
  tracks: readonly Track[],
  ends: readonly string[],
  { destinations }: Traced,
  placeOf: PlaceOf,
): IcmpAnswer | undefined {
  const errors = tracks.filter((track) => {
    const p = first(track);
    return p?.icmpCode !== undefined && isError(p) && track.some(({ packet }) => ends.includes(packet.dst));
  });
  const fatalOf = (track: Track | undefined) => track?.find(({ verdict }) => FATAL.has(verdict));
  const track =
    errors.find(fatalOf) ?? errors.find((t) => destinations.includes(first(t)?.src ?? '')) ?? errors[0];
  const packet = track && first(track);
  if (!packet?.icmpCode) return undefined;
  const fatal = fatalOf(track);
  return {
    icmpError: packet.icmpCode,
    icmpFrom: packet.src,
    ...(fatal ? { icmpAt: placeOf(fatal).at } : {}),
  };
}

/**
 * Can an ICMP error be about a packet of this flow? It is where the tracer does not tell what it quotes. Of what is too big
 * nothing was followed, so no IP id of such packets is known.
 */
function isAbout(track: Track, proto: keyof typeof IANA, own: ReadonlySet<number | undefined>): boolean {
  const error = first(track);
  if (!error?.quotes) return true;
  if (error.quotes.proto !== IANA[proto]) return false;
  return error.icmpCode === TOO_BIG || own.size === 0 || own.has(error.quotes.ipId);
}

/** A packet that was delivered, as the one that opens a connection is, tells nothing of later ones, which may be too big. */
function withError(journey: Journey, error: IcmpAnswer | undefined): Journey {
  const counts = journey.end !== 'delivered' || error?.icmpError === TOO_BIG;
  return error && counts ? { ...journey, ...error } : journey;
}

/**
 * It was handed to the guest's own programs: our last chain on `input` saw it. Where no table of ours hangs there, the last
 * that was seen is that everything on `input` let it pass.
 */
function arrived(track: Track): boolean {
  if (track.some((s) => isOwnTable(s.table)))
    return track.some((s) => isOwnTable(s.table) && s.baseChain === 'in_last');
  const last = track.at(-1);
  return last?.hook === 'input' && last.verdict === 'accept';
}

/** What came back got through the last hook on its way. */
function wentOut(reply: Track): boolean {
  const last = reply.at(-1);
  return last !== undefined && ['input', 'postrouting'].includes(last.hook) && last.seenAt !== 'start';
}

/** A packet's stops as a journey: it died at its fatal stop, or was lost after its last. */
export function buildJourney(
  track: Track,
  head: Pick<Journey, 'id' | 'flowId' | 'direction'>,
  placeOf: PlaceOf,
  gap?: Text,
): Journey {
  const fatal = track.find((s) => FATAL.has(s.verdict));
  const start = track[0] as SeenStop;
  const last = track.at(-1) as SeenStop;
  const { src, dst, sport, dport } = last.packet;
  const place = fatal && placeOf(fatal);
  const moved = src !== start.packet.src || dst !== start.packet.dst || dport !== start.packet.dport;
  return {
    ...head,
    packet: start.packet,
    stops: track.filter((s) => !isOwnTable(s.table)).map(({ traceId: _, n: __, ...stop }) => stop),
    end: fatal ? (fatal.verdict === 'reject' ? 'rejected' : 'dropped') : 'lost',
    ...(place ? { at: place.at, ...(place.missed.length > 0 ? { missed: place.missed } : {}) } : {}),
    ...(moved ? { nat: { src, dst, sport, dport } } : {}),
    last: { hook: last.hook, ...pickInterfaces(last.packet) },
    ...(gap ? { gap } : {}),
  };
}

function pickInterfaces({ iif, oif }: Packet): { iif?: string; oif?: string } {
  return { ...(iif ? { iif } : {}), ...(oif ? { oif } : {}) };
}
