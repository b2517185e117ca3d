import { z } from 'zod';
import { TextSchema } from './text-schema.ts';

/** Where in a base chain a LOG rule of ours saw a packet: what the chain's own rules did is not known then. */
const SeenAt = z.enum(['start', 'end']);

export const Family = z.enum(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);
export type Family = z.infer<typeof Family>;

/** The addresses of a packet as seen at one place. */
export const Packet = z.strictObject({
  iif: z.string().optional(),
  oif: z.string().optional(),
  src: z.string(),
  dst: z.string(),
  /** `tcp`, `udp`, `icmp`, `icmpv6`, or a number as the tracer printed it. */
  proto: z.string(),
  sport: z.number().int().optional(),
  dport: z.number().int().optional(),
  /** IP identification; absent for IPv6. */
  ipId: z.number().int().optional(),
  /** TCP flags as letters the tracer printed: `syn`, `syn|ack`. */
  flags: z.string().optional(),
  ttl: z.number().int().optional(),
  icmpType: z.string().optional(),
  icmpCode: z.string().optional(),
  /** Of an ICMP error, as far as the tracer tells: the protocol (IANA's number) and the IP id of the packet that it quotes. */
  quotes: z.strictObject({ proto: z.number().int(), ipId: z.number().int() }).optional(),
});
export type Packet = z.infer<typeof Packet>;

/** One thing a tracer saw: a certain core plus optional sections. */
export const TraceEvent = z.strictObject({
  /** Position in the tracer's output, from 0. */
  n: z.number().int(),
  backend: z.string(),
  /** The kernel's trace id; NOT stable along the path: link by packet, use it only within a hook. */
  traceId: z.string(),
  family: Family,
  table: z.string(),
  chain: z.string(),
  /** Of the old iptables: it has tables of the same names as those that iptables-nft makes. */
  legacy: z.literal(true).optional(),
  what: z.enum(['packet', 'rule', 'return', 'policy']),
  packet: Packet.optional(),
  seenAt: SeenAt.optional(),
  /** Lower-case verdict word: accept, drop, continue, jump, goto, return, queue, reject. */
  verdict: z.string().optional(),
  /** Chain that a jump or goto leads to. */
  target: z.string().optional(),
  rule: z
    .strictObject({
      text: z.string(),
      handle: z.number().int().optional(),
      /** From 1, where the tracer names rules by their place in the chain. */
      position: z.number().int().optional(),
    })
    .optional(),
});
export type TraceEvent = z.infer<typeof TraceEvent>;

/** A rule as the ruleset has it. */
export const RulePlace = z.strictObject({
  family: Family,
  table: z.string(),
  chain: z.string(),
  /** The netfilter hook of the base chain the packet came through. */
  hook: z.string(),
  /** The device, of a hook that every device has for itself (netdev). */
  device: z.string().optional(),
  /** Priority of that base chain. */
  priority: z.number().int().optional(),
  /** The base chain, where `chain` was jumped to from it. */
  baseChain: z.string(),
  handle: z.number().int().optional(),
  /** Position of the rule in its chain, from 1. */
  position: z.number().int().optional(),
  /** The rule as the guest's own tool prints it; for a policy: "policy drop". */
  rule: z.string(),
  /** The same rule in iptables' words, where iptables knows it: `-A DOCKER-USER -i br0 -j DROP`. */
  iptables: z.string().optional(),
  /** The chain's policy decided, no rule. */
  policy: z.boolean(),
  /** nft, or the legacy iptables backend. */
  backend: z.enum(['nft', 'legacy']),
});
export type RulePlace = z.infer<typeof RulePlace>;

/** A rule that looked at a packet and did not match. */
export const MissedRule = z.strictObject({
  /** Of nft; rules of iptables-legacy have none. */
  handle: z.number().int().optional(),
  /** Position of the rule in its chain, from 1. */
  position: z.number().int(),
  rule: z.string(),
  /** The first part that did not fit, in the rule's own words (`iifname "eth0"`); absent where that can't be known. */
  wanted: z.string().optional(),
  /** What the packet had there; absent where that can't be known. */
  has: z.string().optional(),
});
export type MissedRule = z.infer<typeof MissedRule>;

/** A base chain that a packet went through, with what happened in it. */
export const Stop = z.strictObject({
  family: Family,
  table: z.string(),
  baseChain: z.string(),
  /** Of the old iptables: it has tables of the same names as those that iptables-nft makes. */
  legacy: z.literal(true).optional(),
  hook: z.string(),
  priority: z.number().int().optional(),
  packet: Packet,
  /** The rules that matched, in order; jumps included. */
  rules: z.array(
    z.strictObject({
      chain: z.string(),
      text: z.string(),
      handle: z.number().int().optional(),
      position: z.number().int().optional(),
      verdict: z.string(),
      target: z.string().optional(),
    }),
  ),
  verdict: z.enum(['accept', 'drop', 'reject', 'queue', 'unknown']),
  seenAt: SeenAt.optional(),
  /** The chain's policy gave the verdict. */
  policy: z.boolean(),
});
export type Stop = z.infer<typeof Stop>;

/** How the kernel threw a packet away without any rule: what its tracepoint `skb:kfree_skb` and the look-ups before it told. */
export const KernelDrop = z.strictObject({
  /** The kernel's own word: `IP_RPFILTER`. Absent before Linux 5.17, and where the kernel gives none. */
  reason: z.string().optional(),
  /** The kernel function that did it. */
  function: z.string().optional(),
  /** The device that the packet had come in by, or was to leave by. */
  iif: z.string().optional(),
  oif: z.string().optional(),
  /** What the look-up of the route right before it found, where that is no way on. */
  route: z.enum(['none', 'blackhole', 'unreachable', 'prohibit']).optional(),
  /** The device that the route back to the packet's sender leads out by, where the kernel had looked that up. */
  backBy: z.string().optional(),
  /** To how many packets of the flow it happened, in how many tries. */
  packets: z.number().int(),
  tries: z.number().int(),
});
export type KernelDrop = z.infer<typeof KernelDrop>;

/** A base chain that may have ended a packet. */
export const Suspect = z.strictObject({
  family: Family,
  table: z.string(),
  chain: z.string(),
  hook: z.string(),
  priority: z.number().int(),
  /** Of the old iptables. */
  legacy: z.literal(true).optional(),
});
export type Suspect = z.infer<typeof Suspect>;

/** What stands before the first place at which a tracer can see a packet, where it saw none of a flow. */
export const Unseen = z.strictObject({
  /** The tracer's first place on this way; undefined priority: the very first there is. */
  since: z.strictObject({ hook: z.string(), priority: z.number().int().optional() }),
  /** The interface by which the packets come into the guest, where that is known. */
  device: z.string().optional(),
  /** Base chains before that place which can end a packet. */
  chains: z.array(Suspect),
  /** Base chains that do so in the network namespace of the container itself. */
  inside: z.array(Suspect),
  /** XDP programs at the devices on its way, and filters of traffic control which do not simply let packets pass. */
  filters: z.array(z.strictObject({ device: z.string(), text: z.string() })),
});
export type Unseen = z.infer<typeof Unseen>;

/**
 * How one packet fared. `lost`: it left our sight after its last stop and nothing came back. `passed`: everything that a
 * log shows let it through, and no more is known.
 */
export const Journey = z.strictObject({
  id: z.string(),
  flowId: z.string(),
  /** The request, or what came back. */
  direction: z.enum(['request', 'reply']),
  packet: Packet,
  stops: z.array(Stop),
  end: z.enum(['delivered', 'dropped', 'rejected', 'lost', 'passed']),
  /** For dropped and rejected: the fatal rule or policy. */
  at: RulePlace.optional(),
  /** For dropped and rejected: the rules of the same chain before that which did not match; the nearest forty. */
  missed: z.array(MissedRule).optional(),
  /** Addresses after the last translation seen, if any changed. */
  nat: z
    .strictObject({
      src: z.string(),
      dst: z.string(),
      sport: z.number().optional(),
      dport: z.number().optional(),
    })
    .optional(),
  /** The last place where it was seen, a rule or not; for `lost`, that is all there is. */
  last: z
    .strictObject({ hook: z.string(), iif: z.string().optional(), oif: z.string().optional() })
    .optional(),
  /**
   * For `lost`, where only LOG rules saw the packet: the base chains behind its last place that can end a packet, up to the
   * next place where it would have been seen. Absent where the rules are not known.
   */
  suspects: z.array(Suspect).optional(),
  /** For `lost`: how the kernel threw it away, where that was seen. */
  drop: KernelDrop.optional(),
  /** For `lost` without any stop: no place of the tracer saw a packet of this flow, and what stands before those places. */
  unseen: Unseen.optional(),
  /** For `lost`: the kernel told that netfilter dropped it, at this hook, but not which rule (or connection tracking) it was. */
  netfilter: z
    .strictObject({ hook: z.string().optional(), packets: z.number().int(), tries: z.number().int() })
    .optional(),
  /** ICMP error that came back for it, as the tracer names it: `admin-prohibited`. */
  icmpError: z.string().optional(),
  /** Who sent that error: a router, the other side, or the guest itself. */
  icmpFrom: z.string().optional(),
  /** The rule at which that error itself died, so that it never came where it should. */
  icmpAt: RulePlace.optional(),
  /** How many packets of a log fared exactly so; absent for one. */
  packets: z.number().int().min(2).optional(),
  /** Why something in this journey is missing ("the monitor lost events"). */
  gap: TextSchema.optional(),
});
export type Journey = z.infer<typeof Journey>;
