import { z } from 'zod';

/** What `ip -j rule` tells of a rule that looks at more than addresses, devices and marks. */
export const RawSelectors = z.looseObject({
  tos: z.string().optional(),
  uid_start: z.number().optional(),
  uid_end: z.number().optional(),
  ipproto: z.union([z.string(), z.number()]).optional(),
  sport: z.number().optional(),
  sport_start: z.number().optional(),
  sport_end: z.number().optional(),
  dport: z.number().optional(),
  dport_start: z.number().optional(),
  dport_end: z.number().optional(),
});

/** The first and the last that fit. */
export type Range = [number, number];

/** Null where a rule does not look at it. */
export interface Selectors {
  tos: string | null;
  uids: Range | null;
  /** `tcp`, `udp`, …; the number of a protocol that the guest has no name for. */
  proto: string | null;
  sport: Range | null;
  dport: Range | null;
}

/** Where iproute2 finds no name it prints the number, or `ipproto-6`. */
const NAMES: Record<string, string> = { '1': 'icmp', '6': 'tcp', '17': 'udp' };

function protoOf(raw: string | number): string {
  const word = String(raw).replace(/^ipproto-/, '');
  return NAMES[word] ?? word;
}

const range = (start: number | undefined, end = start): Range | null =>
  start === undefined || end === undefined ? null : [start, end];

/** Reads them. */
export function selectorsOf(raw: z.infer<typeof RawSelectors>): Selectors {
  return {
    tos: raw.tos ?? null,
    uids: range(raw.uid_start, raw.uid_end),
    proto: raw.ipproto === undefined ? null : protoOf(raw.ipproto),
    sport: range(raw.sport ?? raw.sport_start, raw.sport ?? raw.sport_end),
    dport: range(raw.dport ?? raw.dport_start, raw.dport ?? raw.dport_end),
  };
}

/** As `ip rule` takes those that come behind the devices; '' where there are none. */
export function selectorsText({ uids, proto, sport, dport }: Selectors): string {
  const ports = ([from, to]: Range) => (from === to ? String(from) : `${from}-${to}`);
  return [
    uids && ` uidrange ${uids.join('-')}`,
    proto && ` ipproto ${proto}`,
    sport && ` sport ${ports(sport)}`,
    dport && ` dport ${ports(dport)}`,
  ]
    .filter(Boolean)
    .join('');
}
