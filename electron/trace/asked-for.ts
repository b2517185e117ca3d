import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { every, type Perhaps, some } from './perhaps.ts';

/*
 * What a match of nft's JSON asks for: numbers, words, networks, ranges, sets of them, and several at once (concat). Held
 * against what a packet has, and in nft's words.
 */

export type Value = string | number;

const Prefix = z.object({ prefix: z.object({ addr: z.string(), len: z.number() }) });
const Range = z.object({
  range: z.tuple([z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]),
});
export const Among = z.object({ set: z.array(z.unknown()) });
const Element = z.object({ elem: z.object({ val: z.unknown() }) });
const Concat = z.object({ concat: z.array(z.unknown()) });

/** What a match looks at: several things where they are asked for at once (`ip saddr . tcp dport`). */
export const keysOf = (left: unknown): unknown[] => Concat.safeParse(left).data?.concat ?? [left];

/** The elements of a named set; undefined where not all are known. */
export type SetOf = (name: string) => unknown[] | undefined;

/** Is a value what the right side of a match asks for? undefined where that can't be told. */
export function isAmong(value: Value, right: unknown, setOf: SetOf): Perhaps {
  return areAmong([value], right, setOf);
}

/** The same for several things that are asked for at once, all of which have to fit; undefined is a value that is not known. */
export function areAmong(values: readonly (Value | undefined)[], right: unknown, setOf: SetOf): Perhaps {
  const among = (elements: readonly unknown[]) => some(elements.map((one) => areAmong(values, one, setOf)));
  if (typeof right === 'string' && right.startsWith('@')) {
    const elements = setOf(right.slice(1));
    return elements && among(elements);
  }
  const set = Among.safeParse(right);
  if (set.success) return among(set.data.set);
  const element = Element.safeParse(right);
  if (element.success) return areAmong(values, element.data.elem.val, setOf);
  const [only] = values;
  if (values.length === 1) return only === undefined ? undefined : isThis(only, right);
  const each = Concat.safeParse(right).data?.concat;
  if (each?.length !== values.length) return undefined;
  return every(values.map((value, i) => areAmong([value], each[i], setOf)));
}

/** Is a value this one, of this network, or in this range? */
function isThis(value: Value, right: unknown): Perhaps {
  if (typeof right === 'number' || typeof right === 'string') {
    if (typeof right === 'string' && right.endsWith('*')) return String(value).startsWith(right.slice(0, -1));
    // a protocol or an interface given as a number names nothing that a tracer prints
    return typeof value === typeof right ? value === right : undefined;
  }
  const prefix = Prefix.safeParse(right);
  if (prefix.success)
    return isInside(value, (list, type) =>
      list.addSubnet(prefix.data.prefix.addr, prefix.data.prefix.len, type),
    );
  const range = Range.safeParse(right);
  if (!range.success) return undefined;
  const [from, to] = range.data.range;
  if (typeof value === 'number')
    return typeof from === 'number' && typeof to === 'number' ? value >= from && value <= to : undefined;
  return isInside(value, (list, type) => list.addRange(String(from), String(to), type));
}

function isInside(value: Value, fill: (list: BlockList, type: 'ipv4' | 'ipv6') => void): Perhaps {
  const version = typeof value === 'string' ? isIP(value) : 0;
  if (version === 0) return undefined;
  const type = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  try {
    fill(list, type);
  } catch {
    // an address of the other family, or a name
    return undefined;
  }
  return list.check(String(value), type);
}

/** In nft's words; `quoted` says which of the things that are looked at are names, as of interfaces. */
export function textOf(right: unknown, quoted: readonly boolean[]): string {
  if (typeof right === 'string') return quoted[0] ? JSON.stringify(right) : right;
  if (typeof right === 'number') return String(right);
  if (Array.isArray(right)) return right.map((one) => textOf(one, quoted)).join(',');
  const prefix = Prefix.safeParse(right);
  if (prefix.success) return `${prefix.data.prefix.addr}/${prefix.data.prefix.len}`;
  const range = Range.safeParse(right);
  if (range.success) return range.data.range.join('-');
  const element = Element.safeParse(right);
  if (element.success) return textOf(element.data.elem.val, quoted);
  const each = Concat.safeParse(right);
  if (each.success) return each.data.concat.map((one, i) => textOf(one, quoted.slice(i, i + 1))).join(' . ');
  const set = Among.safeParse(right);
  if (set.success) return `{ ${set.data.set.map((one) => textOf(one, quoted)).join(', ')} }`;
  return JSON.stringify(right);
}
