import { isFatal } from '../../../shared/fatal.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import type { Journey, KernelDrop, Stop } from '../../../shared/trace.ts';

/** How the packet fared at a station. `lost`: here it went out of sight. `unreached`: it never got there. */
export type Fate = 'passed' | 'died' | 'lost' | 'unreached';

/** A place on a packet's way. Names come from the guest and may hold anything. */
export type Station = {
  fate: Fate;
} /** Where the packet starts or was to arrive: what it is called there. */ & (
  | { what: 'start' | 'end'; address: string }
  | {
      what: 'device';
      side: 'in' | 'out';
      device: string /** The packet's new source, where it was translated. */;
      as?: string;
    }
  /** The kernel decides where the packet goes. */
  | { what: 'route'; device?: string | undefined }
  /** Base chains of one hook that saw the packet, in order: one, or several that all let it pass. */
  | { what: 'chains'; hook: string; stops: Stop[] }
  /** A hook at which the packet was seen, but no chain told of it. */
  | { what: 'hook'; hook: string }
  /** The kernel itself threw the packet away, between the chains. */
  | { what: 'kernel'; drop: KernelDrop }
);

/** A packet's way as the picture shows it. */
export interface Path {
  journey: Journey;
  flow?: FlowResult | undefined;
  stations: Station[];
}

/** Hooks before the kernel decides about the route of a packet that comes in. */
const BEFORE_ROUTE = new Set(['ingress', 'prerouting']);
/** The hook that a packet has yet to pass when it has got this far. */
const NEXT: Record<string, string> = { forward: 'postrouting', output: 'postrouting' };

/** The picture of a journey: where the packet was, where it ended, and what it did not reach. */
export function pathOf(journey: Journey, flow?: FlowResult): Path {
  const { packet, last } = journey;
  const stations: Station[] = [{ what: 'start', address: packet.src, fate: 'passed' }];
  const iif = journey.stops[0]?.packet.iif ?? packet.iif ?? last?.iif;
  const began = journey.stops[0]?.hook ?? last?.hook;
  if (iif !== undefined && began !== 'output')
    stations.push({ what: 'device', side: 'in', device: iif, fate: 'passed' });
  addHooks(stations, journey);
  addRest(stations, journey);
  return { journey, flow, stations };
}

function addHooks(stations: Station[], journey: Journey): void {
  const { stops, last, at } = journey;
  let before: string | undefined;
  const enter = (hook: string, family?: string) => {
    // What goes from one port of a bridge to another is not routed.
    if (family !== 'bridge' && before !== undefined && BEFORE_ROUTE.has(before) && !BEFORE_ROUTE.has(hook))
      stations.push({ what: 'route', device: outDevice(journey), fate: 'passed' });
    before = hook;
  };
  for (const stop of stops) {
    enter(stop.hook, stop.family);
    stations.push({ what: 'chains', hook: stop.hook, stops: [stop], fate: fateAt(journey, stop) });
  }
  const died = stations.some(({ fate }) => fate === 'died');
  if (at !== undefined && !died) {
    // The tracer missed the chain itself, but what ended the packet is known.
    enter(at.hook, at.family);
    stations.push({ what: 'chains', hook: at.hook, stops: [stopAt(journey)], fate: 'died' });
  } else if (last !== undefined && !died && last.hook !== before) {
    enter(last.hook);
    stations.push({ what: 'hook', hook: last.hook, fate: 'passed' });
  }
}

function fateAt(journey: Journey, stop: Stop): Fate {
  return (journey.end === 'dropped' || journey.end === 'rejected') && isFatal(journey, stop)
    ? 'died'
    : 'passed';
}

/** A stop made of the fatal rule alone. */
function stopAt({ at, end, packet }: Journey): Stop {
  if (at === undefined) throw new Error('no fatal rule');
  const { family, table, baseChain, hook, priority, policy, chain, rule, handle, position, backend } = at;
  const verdict = end === 'rejected' ? 'reject' : 'drop';
  const rules = policy
    ? []
    : [
        {
          chain,
          text: rule,
          verdict,
          ...(handle === undefined ? {} : { handle }),
          ...(position === undefined ? {} : { position }),
        },
      ];
  return {
    family,
    table,
    baseChain,
    ...(backend === 'legacy' ? { legacy: true } : {}),
    hook,
    packet,
    rules,
    verdict,
    policy,
    ...(priority === undefined ? {} : { priority }),
  };
}

function outDevice({ stops, last }: Journey): string | undefined {
  return stops.findLast(({ packet }) => packet.oif !== undefined)?.packet.oif ?? last?.oif;
}

/** The kernel threw the packet away after its last stop: where its way out begins, or before. */
function addDrop(stations: Station[], { nat, packet }: Journey, drop: KernelDrop): void {
  if (drop.oif !== undefined)
    stations.push({ what: 'device', side: 'out', device: drop.oif, fate: 'passed' });
  stations.push({ what: 'kernel', drop, fate: 'lost' });
  stations.push({ what: 'end', address: nat?.dst ?? packet.dst, fate: 'unreached' });
}

/** What comes after the last place at which the packet was seen. */
function addRest(stations: Station[], journey: Journey): void {
  const { end, nat, packet } = journey;
  const seen = stations.findLast((s) => s.what === 'chains' || s.what === 'hook');
  if (journey.drop !== undefined) {
    addDrop(stations, journey, journey.drop);
    return;
  }
  const hook = seen !== undefined && 'hook' in seen ? seen.hook : undefined;
  const died = seen?.fate === 'died';
  const whole = end === 'delivered' || end === 'passed';
  // Where it went out of sight: the first thing after its last stop.
  let next: Fate = whole ? 'passed' : died ? 'unreached' : 'lost';
  const step = (): Fate => {
    const fate = next;
    if (next === 'lost') next = 'unreached';
    return fate;
  };
  if (hook !== undefined && BEFORE_ROUTE.has(hook)) stations.push({ what: 'route', fate: step() });
  const later = hook === undefined ? undefined : NEXT[hook];
  if (later !== undefined) {
    const fate = whole ? 'passed' : step();
    stations.push({ what: 'hook', hook: later, fate });
  }
  const out = outDevice(journey);
  if (out !== undefined && hook !== 'input') {
    // Beyond its last hook a packet leaves by this device: it was lost after that, not before.
    const fate = hook === 'postrouting' && !died ? 'passed' : step();
    const as = nat !== undefined && nat.src !== packet.src ? { as: nat.src } : {};
    stations.push({ what: 'device', side: 'out', device: out, fate, ...as });
  }
  const fate = end === 'passed' ? 'unreached' : step();
  stations.push({ what: 'end', address: nat?.dst ?? packet.dst, fate });
}
