/**
 * Values on their way between main, preload and page, as JSON and back. `undefined`, bytes, dates and keys such as
 * `__proto__` survive, as in a structured clone. What JSON cannot say goes to `encodeOther`, and comes back through
 * `decodeOther`. Also put into the page as text: it must not use anything from outside itself.
 * @param {(value: unknown) => object | undefined} [encodeOther]
 * @param {(tag: string, value: unknown) => unknown} [decodeOther]
 */
export function makeCodec(encodeOther, decodeOther) {
  const encode = (value) => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return Array.from(value, encode);
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'number') return { $: 'number', v: String(value) };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (value instanceof Uint8Array) return { $: 'bytes', v: [...value] };
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    const other = encodeOther?.(value);
    if (other !== undefined) return other;
    if (typeof value !== 'object' || value instanceof Map || value instanceof Set) {
      throw new Error('An object could not be cloned.');
    }
    return { $: 'object', v: Object.entries(value).map(([key, inner]) => [key, encode(inner)]) };
  };
  const decode = (value) => {
    if (Array.isArray(value)) return value.map(decode);
    if (value === null || typeof value !== 'object') return value;
    switch (value.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(value.v);
      case 'bigint':
        return BigInt(value.v);
      case 'bytes':
        return Uint8Array.from(value.v);
      case 'date':
        return new Date(value.v);
      case 'object':
        return Object.fromEntries(value.v.map(([key, inner]) => [key, decode(inner)]));
      default:
        return decodeOther?.(value.$, value.v);
    }
  };
  return { encode, decode };
}
