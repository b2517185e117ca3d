import type { KernelDrop } from '../../../shared/trace.ts';
import type { CpuLog, DropEvent, KernelEvent, Lookup, SkbEvent } from './kernel-events.ts';

/** A drop of a packet whose addresses are known. */
export interface OwnedDrop {
  src: string;
  dst: string;
  drop: Omit<KernelDrop, 'packets' | 'tries'>;
  /** Netfilter dropped it: a rule, or connection tracking. `hook`: at which, as far as the kernel's functions tell. */
  netfilter?: { hook?: string };
}

/** What a look-up answers where there is no way on, by errno. */
const NO_WAY: Record<number, KernelDrop['route']> = {
  [-11]: 'none',
  [-101]: 'none',
  [-22]: 'blackhole',
  [-113]: 'unreachable',
  [-13]: 'prohibit',
};

/**
 * Said of packets that came too late for a connection that is over, and of such as were not dropped at all. A signature that is
 * wrong or missing (TCP_MD5…, TCP_AO…) is another matter.
 */
const IDLE_REASON = /^(NO_SOCKET|TCP_(?!MD5|AO)\w+|CONSUMED|SKB_CONSUMED|NOT_DROPPED_YET)$/;
/** Local delivery ends many a packet that did its duty, and older kernels call that a drop, too. */
const DELIVERY = 'ip_local_deliver_finish';
const ON_THE_WAY =
  /^(ip_rcv|ip_list_rcv|ip_sublist_rcv|ip_forward|ip_output|__dev_queue_xmit|__netif_receive_skb)/;
/** Where routes are looked up; no event stands between a look-up and a drop in here. */
const LOOKS_UP = 'ip_rcv_finish_core';
/** The sender in look-ups that are made for no packet, but to see whether an address is one of our own. */
const ANY = '0.0.0.0';

/**
 * The drops whose addresses can be told for certain. The event itself has none, only the place of the packet in memory: they
 * come from what the same processor did for that packet right before. It came in or went out by a device, and its route was
 * looked up. Where the events of several packets mix, the drop is nobody's: as when a device hands over a batch, or an ICMP
 * error was sent first (then the flow ended with that error anyway).
 * Network namespaces of one machine that use the same addresses can't be told apart.
 */
export function ownedDrops(logs: readonly CpuLog[]): OwnedDrop[] {
  return logs.flatMap((log) =>
    log.events.flatMap((event, at) => {
      if (event.what !== 'drop' || saysNothing(event)) return [];
      const owned = ownerOf(event, log.events.slice(0, at));
      return owned ?? [];
    }),
  );
}

/** The functions that call netfilter, as the drop's functions name them from the innermost, and the hook that each stands for. */
const HOOKS: readonly [name: RegExp, hook: string][] = [
  [/^(br_nf_pre_routing|ip_rcv|ip_list_rcv|ip_sublist_rcv)/, 'prerouting'],
  [/^ip_local_deliver$/, 'input'],
  [/^(ip_forward|br_nf_forward)/, 'forward'],
  [/^(__)?ip_local_out$/, 'output'],
  [/^(ip_output|ip_mc_output|br_nf_post_routing)/, 'postrouting'],
  [/^br_handle_frame$/, 'bridge prerouting'],
  [/^(__)?br_forward$/, 'bridge forward'],
  [/^br_pass_frame_up$/, 'bridge input'],
  [/^__netif_receive_skb_core$/, 'ingress'],
  [/^__dev_queue_xmit$/, 'egress'],
];

/** Whether netfilter dropped it; before Linux 5.17 only the function that asks its hooks shows that. */
function byNetfilter({ reason, functions }: DropEvent): OwnedDrop['netfilter'] {
  const told = reason === 'NETFILTER_DROP' || (reason === undefined && functions[0] === 'nf_hook_slow');
  if (!told) return undefined;
  const hook = functions
    .map((name) => HOOKS.find(([caller]) => caller.test(name))?.[1])
    .find((found) => found !== undefined);
  return hook === undefined ? {} : { hook };
}

function saysNothing({ reason, functions }: DropEvent): boolean {
  if (reason !== undefined) return IDLE_REASON.test(reason);
  return functions.includes(DELIVERY) || !functions.some((name) => ON_THE_WAY.test(name));
}

function ownerOf(drop: DropEvent, before: readonly KernelEvent[]): OwnedDrop | undefined {
  const lookups: Lookup[] = [];
  const devices: SkbEvent[] = [];
  let begun = false;
  for (const event of before.toReversed()) {
    if (event.what === 'lookup') {
      if (event.src !== ANY) lookups.unshift(event);
    } else if (event.what === 'drop' || event.what === 'gap' || event.skb !== drop.skb) break;
    else {
      devices.push(event);
      begun = lookups.length > 0;
      if (begun) break;
    }
  }
  const own = begun || devices.length === 0 ? samePair(lookups) : sentBy(lookups.at(-1), devices.at(-1));
  const [first] = own;
  if (!first) return undefined;
  const netfilter = byNetfilter(drop);
  if (begun ? !drop.softirq : devices.length === 0 && drop.functions[0] !== LOOKS_UP) return undefined;
  return {
    src: first.src,
    dst: first.dst,
    drop: describe(drop, own, first, devicesOf(devices, drop, before)),
    ...(netfilter ? { netfilter } : {}),
  };
}

/** Sent from here: the route was looked up before the packet went anywhere, by whoever then sent it. */
function sentBy(route: Lookup | undefined, sent: SkbEvent | undefined): Lookup[] {
  if (!route?.output || sent?.what !== 'queue') return [];
  const same = route.pid === sent.pid && route.softirq === sent.softirq && route.device === sent.device;
  return same ? [route] : [];
}

/** The last look-ups that are about the same two addresses, in either direction. */
function samePair(lookups: readonly Lookup[]): Lookup[] {
  const last = lookups.at(-1);
  const other = lookups.findLastIndex(
    ({ src, dst }) => !((src === last?.src && dst === last.dst) || (src === last?.dst && dst === last.src)),
  );
  return lookups.slice(other + 1);
}

/** By which devices: the events of the packet, the nearest first; of a batch, where in it the packet came in. */
function devicesOf(
  events: readonly SkbEvent[],
  { skb }: DropEvent,
  before: readonly KernelEvent[],
): Pick<KernelDrop, 'iif' | 'oif'> {
  const isOther = (e: KernelEvent) => e.what !== 'lookup' && e.what !== 'receive';
  const batch = before.slice(before.findLastIndex(isOther) + 1);
  const came =
    events.find((e) => e.what === 'receive') ??
    batch.findLast((e): e is SkbEvent => e.what === 'receive' && e.skb === skb);
  const [nearest] = events;
  return {
    ...(came ? { iif: came.device } : {}),
    ...(nearest?.what === 'queue' ? { oif: nearest.device } : {}),
  };
}

function describe(
  { reason, functions }: DropEvent,
  lookups: readonly Lookup[],
  { src, dst }: Lookup,
  devices: Pick<KernelDrop, 'iif' | 'oif'>,
): OwnedDrop['drop'] {
  const onward = lookups.findLast((l) => l.src === src && l.dst === dst);
  const back = lookups.findLast((l) => l.src === dst && l.dst === src);
  const route = NO_WAY[onward?.error ?? 0];
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(functions[0] === undefined ? {} : { function: functions[0] }),
    ...devices,
    ...(route ? { route } : {}),
    ...(back?.device ? { backBy: back.device } : {}),
  };
}
