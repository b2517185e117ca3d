import { isIPv4 } from 'node:net';

const A = 1;
const AAAA = 28;
const NXDOMAIN = 3;
const PUBLIC_V4 = Buffer.from([203, 0, 113, 10]);
const PUBLIC_V6 = Buffer.from('20010db8000000000000000000000010', 'hex');

/** Name and type of the first question, and where it ends. */
function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** What the stand-in knows: any dotted name, but not `.invalid`, `.local`; `v6only.*` has AAAA only. */
function lookUp(name: string, type: number, v4: boolean): Buffer | 'nxdomain' | undefined {
  if (!name.includes('.') || /\.(invalid|local|arpa)$/.test(name) || isIPv4(name)) return 'nxdomain';
  if (!v4 || name.startsWith('v6only.')) return type === AAAA ? PUBLIC_V6 : undefined;
  return type === A ? PUBLIC_V4 : undefined;
}

/** The stand-in's answer to one DNS query; without `v4` every name has AAAA only. Throws on a malformed one. */
export function answer(query: Buffer, v4 = true): Buffer {
  const { name, type, end } = question(query);
  const found = lookUp(name, type, v4);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (found === 'nxdomain' ? NXDOMAIN : 0), 2);
  header.writeUInt16BE(1, 4);
  const parts = [header, query.subarray(12, end)];
  if (Buffer.isBuffer(found)) {
    header.writeUInt16BE(1, 6);
    const record = Buffer.from('c00c000000010000003c0000', 'hex');
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(found.length, 10);
    parts.push(record, found);
  }
  return Buffer.concat(parts);
}
