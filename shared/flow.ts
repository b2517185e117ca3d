import { z } from 'zod';

/** How a flow ended. `skipped`: it could not be tried, `detail` or `saying` says why. */
export const Outcome = z.enum([
  'ok',
  'refused',
  'timeout',
  'unreachable',
  'prohibited',
  'name-not-found',
  'reset',
  'stalls-when-large',
  'skipped',
]);
export type Outcome = z.infer<typeof Outcome>;

/** Who starts the traffic. */
export const Origin = z.discriminatedUnion('where', [
  z.strictObject({ where: z.literal('mac') }),
  /** The guest itself: the same network namespace that `--network=host` uses, so it is the control. */
  z.strictObject({ where: z.literal('guest') }),
  z.strictObject({
    where: z.literal('container'),
    name: z.string(),
    network: z.string(),
    /** The container's init process in the guest: its network namespace is entered through it. */
    pid: z.number().int(),
    address: z.string(),
  }),
  /** A namespace that Culprit hangs on a bridge for seconds, where no container runs. */
  z.strictObject({
    where: z.literal('endpoint'),
    network: z.string(),
    bridge: z.string(),
    address: z.string(),
    prefix: z.number().int(),
    gateway: z.string(),
  }),
]);
export type Origin = z.infer<typeof Origin>;

/** Where the traffic goes. */
export const Destination = z.strictObject({
  what: z.enum([
    'internet-ip',
    'internet-name',
    'gateway',
    'dns-server',
    'container-ip',
    'container-name',
    'published-port',
  ]),
  proto: z.enum(['tcp', 'udp', 'icmp']),
  /** IP address; for the `-name` kinds the name, which is resolved from where the flow starts. */
  host: z.string(),
  /** 0 for ICMP. */
  port: z.number().int(),
  /** For flows from the Mac: the port at which they arrive in the guest. */
  guestPort: z.number().int().optional(),
  /** What a person calls it: "1.1.1.1", "db:5432", "published port 8080 of shop-web-1". */
  label: z.string(),
  /** The container it leads to, for container and published-port flows. */
  container: z.string().optional(),
  /** Where it is meant to end up, for published ports and names that are searched for: the container's own address and port. */
  behind: z.strictObject({ host: z.string(), port: z.number().int() }).optional(),
});
export type Destination = z.infer<typeof Destination>;

export const FlowSpec = z.strictObject({
  /** Stable within a run and readable: `shop_default→internet-ip:1.1.1.1:80/tcp`. */
  id: z.string(),
  kind: z.string(),
  from: Origin,
  to: Destination,
});
export type FlowSpec = z.infer<typeof FlowSpec>;

/** What Culprit itself says of how a flow went, where no tool has words for it; flow-text.ts has them for people. */
export const FlowSaying = z.enum([
  'no-dns-answer',
  'no-address',
  /** Accepted, then closed without a word. */
  'closed',
  /** Accepted, then silence. */
  'silent',
  /** The answer began and never ended. */
  'stalled',
  /** It could not start there. */
  'not-there',
  /** The guest lacks the tool in `detail`. */
  'no-tool',
  'needs-root',
  'stopped',
  'not-recorded',
]);
export type FlowSaying = z.infer<typeof FlowSaying>;

export const FlowResult = z.strictObject({
  ...FlowSpec.shape,
  outcome: Outcome,
  /** Milliseconds in the guest. */
  ms: z.number(),
  /** What the tool said, in its own words; '' if nothing. `flowSaid` in flow-text.ts has all that was said for people. */
  detail: z.string(),
  saying: FlowSaying.optional(),
  /** The address that a name was resolved to, where it was. */
  resolved: z.string().optional(),
  /** Tries that succeeded, where it was repeated. */
  tries: z.strictObject({ ok: z.number().int(), of: z.number().int() }).optional(),
  /** The command that measured it. */
  commandId: z.string().optional(),
});
export type FlowResult = z.infer<typeof FlowResult>;
