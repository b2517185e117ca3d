/** A DNS question for A records, as bytes; the id is fixed: it only ever travels on a socket of its own. */
export function dnsQuery(name: string, id = 0x4355): Uint8Array {
  const labels = name.replace(/\.$/, '').split('.');
  const bytes: number[] = [id >> 8, id & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  for (const label of labels) {
    const text = Buffer.from(label, 'latin1');
    if (text.length === 0 || text.length > 63) throw new RangeError(`not a DNS name: ${name}`);
    bytes.push(text.length, ...text);
  }
  return Uint8Array.from([...bytes, 0, 0, 1, 0, 1]);
}

/** Bytes as the `\xNN` escapes that bash's printf understands. */
export function printfEscapes(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => `\\x${b.toString(16).padStart(2, '0')}`).join('');
}

export interface DnsReply {
  /** 0 no error, 2 server failure, 3 no such name, 5 refused. */
  rcode: number;
  /** A records, in order. */
  addresses: string[];
}

/**
 * Reads a DNS reply. Returns undefined where the bytes are no reply (cut off, not an answer): it comes from a guest, so
 * nothing in it is trusted, lengths included.
 */
export function parseDnsReply(bytes: Uint8Array): DnsReply | undefined {
  const at = (i: number) => bytes[i] ?? Number.NaN;
  const u16 = (i: number) => at(i) * 256 + at(i + 1);
  if (bytes.length < 12 || (at(2) & 0x80) === 0) return undefined;
  let i = 12;
  const skipName = () => {
    for (let hops = 0; hops < 128; hops++) {
      const n = at(i);
      if (Number.isNaN(n)) return false;
      if (n >= 0xc0) {
        i += 2;
        return true;
      }
      i += n + 1;
      if (n === 0) return true;
    }
    return false;
  };
  for (let q = 0; q < u16(4); q++) {
    if (!skipName()) return undefined;
    i += 4;
  }
  const addresses: string[] = [];
  for (let a = 0; a < u16(6); a++) {
    if (!skipName()) break;
    const type = u16(i);
    const length = u16(i + 8);
    if (type === 1 && length === 4 && i + 14 <= bytes.length) {
      addresses.push(Array.from(bytes.subarray(i + 10, i + 14)).join('.'));
    }
    i += 10 + length;
    if (Number.isNaN(i)) break;
  }
  return { rcode: at(3) & 15, addresses };
}
