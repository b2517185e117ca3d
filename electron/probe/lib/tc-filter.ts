import { z } from 'zod';

const RawAction = z.looseObject({
  // nat is the one that prints its kind as its type
  kind: z.string().optional(),
  type: z.string().optional(),
  control_action: z.object({ type: z.string() }).optional(),
  mirred_action: z.string().optional(),
  direction: z.string().optional(),
  to_dev: z.string().optional(),
  keys: z
    .array(
      z.object({
        htype: z.string().default('network'),
        offset: z.number(),
        cmd: z.string().default('set'),
        val: z.string(),
        mask: z.string(),
      }),
    )
    .optional(),
  csum: z.string().optional(),
  old_addr: z.string().optional(),
  new_addr: z.string().optional(),
  vlan_action: z.string().optional(),
  id: z.number().optional(),
});
const RawFilters = z.array(
  z.object({
    protocol: z.string().default('all'),
    pref: z.number().default(0),
    kind: z.string().default(''),
    options: z
      .looseObject({
        ht_divisor: z.number().optional(),
        match: z.array(z.object({ value: z.string(), mask: z.string(), off: z.number() })).optional(),
        keys: z.record(z.string(), z.unknown()).optional(),
        actions: z.array(RawAction).default([]),
      })
      .optional(),
  }),
);

/** Bytes that an action changes: four of them, from `offset` of a header on; those of `mask` that are 0xff are kept. */
export interface PeditKey {
  /** eth, ipv4, tcp, udp, network, … */
  header: string;
  offset: number;
  /** `set` or `add`. */
  how: string;
  value: number;
  mask: number;
}

/** What a filter does with the packets that it takes. */
export type TcAction =
  | { kind: 'mirred'; how: string; direction: string; to: string }
  | { kind: 'pedit'; keys: PeditKey[] }
  | { kind: 'csum'; of: string }
  | { kind: 'nat'; direction: string; from: string; to: string }
  | { kind: 'vlan'; how: string; id: number | undefined }
  | { kind: 'other'; name: string };

/** What a filter looks at: every packet, bits of it, fields by name; undefined where that can't be told. */
export type TcMatch =
  | { by: 'all' }
  | { by: 'bits'; bits: { offset: number; value: number; mask: number }[] }
  | { by: 'fields'; fields: Record<string, unknown> }
  | undefined;

/** A filter on packets that come in from a device, before any netfilter table, or that leave by it, after all of them. */
export interface TcFilter {
  dev: string;
  /** `ip`, `arp`, `all`, … */
  protocol: string;
  pref: number;
  /** matchall, u32, flower, bpf, … */
  kind: string;
  match: TcMatch;
  /** How its actions end: `drop`, `pass`, `pipe`, `stolen`, or the action's kind. */
  actions: string[];
  /** The actions themselves. */
  does: TcAction[];
}

const hex = (text: string) => Number.parseInt(text, 16) >>> 0;

function toAction(raw: z.infer<typeof RawAction>): TcAction {
  const name = raw.kind ?? raw.type ?? '';
  const { direction = '' } = raw;
  if (name === 'mirred') return { kind: name, how: raw.mirred_action ?? '', direction, to: raw.to_dev ?? '' };
  if (name === 'pedit')
    return {
      kind: name,
      keys: (raw.keys ?? []).map(({ htype: header, offset, cmd: how, val, mask }) => ({
        header,
        offset,
        how,
        value: hex(val),
        mask: hex(mask),
      })),
    };
  if (name === 'csum') return { kind: name, of: raw.csum ?? '' };
  if (name === 'nat') return { kind: name, direction, from: raw.old_addr ?? '', to: raw.new_addr ?? '' };
  if (name === 'vlan') return { kind: name, how: raw.vlan_action ?? '', id: raw.id };
  return { kind: 'other', name };
}

function toMatch(kind: string, options: NonNullable<z.infer<typeof RawFilters>[number]['options']>): TcMatch {
  if (kind === 'matchall') return { by: 'all' };
  if (kind === 'flower') return { by: 'fields', fields: options.keys ?? {} };
  if (kind !== 'u32' || !options.match) return undefined;
  return {
    by: 'bits',
    bits: options.match.map(({ value, mask, off }) => ({ offset: off, value: hex(value), mask: hex(mask) })),
  };
}

/** What tc says in plain words where options should be: u32 and basic in iproute2 5.9. */
const PLAIN_OPTIONS = /"options":\{([^"{}]+)("actions":|\})/g;
/** Plain words behind basic's handle: its test, in 6.1 and 6.15. */
const PLAIN_TEST = /("handle":"[^"]*")\s[^"{}]*(?=,"actions":|\})/g;
/** `"order":1skbmod ,"control_action":{…}set dmac … }`, in 5.9 and 6.1: the one action that does so, too. */
const PLAIN_ACTION = /("order":\d+)([a-z]\w*) ,("control_action":\{[^{}]*\})[^"{}]*\}/g;
const PLAIN_MATCH = /\bmatch ([0-9a-f]{8})\/([0-9a-f]{8}) at (\d+)\s/g;

/** tc's JSON, with JSON also where tc itself wrote plain words into it. */
function mended(text: string): string {
  return text
    .replace(PLAIN_OPTIONS, (_, plain: string, next: string) => {
      const [, divisor] = /\bht divisor (\d+)/.exec(plain) ?? [];
      const bits = [...`${plain} `.matchAll(PLAIN_MATCH)];
      // one that is not understood makes the others worthless
      const all = bits.length > 0 && bits.length === plain.match(/\bmatch\b/g)?.length;
      const match = bits.map(([, value, mask, off]) => ({ value, mask, off: Number(off) }));
      const options = {
        ...(divisor ? { ht_divisor: Number(divisor) } : {}),
        ...(all ? { match } : {}),
      };
      const said = JSON.stringify(options).slice(1, -1);
      return `"options":{${said}${said !== '' && next !== '}' ? ',' : ''}${next}`;
    })
    .replace(PLAIN_TEST, '$1')
    .replace(PLAIN_ACTION, '$1,"kind":"$2",$3}');
}

/** Reads `tc -j filter show dev DEV ingress`. Throws where it is no JSON, as tc itself may write. */
export function readFilters(dev: string, text: string): TcFilter[] {
  // of u32 it prints each match under the same name, of which JSON keeps the last only
  const listed = mended(text).replace(
    /"match":\{[^}]*\}(?:,"match":\{[^}]*\})*/g,
    (all) => `"match":[${all.replaceAll('"match":', '')}]`,
  );
  return RawFilters.parse(JSON.parse(listed)).flatMap(({ protocol, pref, kind, options }): TcFilter[] => {
    // tc prints each filter twice, its head without options, then itself; and of u32 the table that it is in
    if (options === undefined || options.ht_divisor !== undefined) return [];
    return [
      {
        dev,
        protocol,
        pref,
        kind,
        match: toMatch(kind, options),
        actions: options.actions.map((a) => a.control_action?.type ?? a.kind ?? ''),
        does: options.actions.map(toAction),
      },
    ];
  });
}
