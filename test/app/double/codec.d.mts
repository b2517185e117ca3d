export interface Codec {
  encode(value: unknown): unknown;
  decode(value: unknown): unknown;
}
export function makeCodec(
  encodeOther?: (value: unknown) => object | undefined,
  decodeOther?: (tag: string, value: unknown) => unknown,
): Codec;
