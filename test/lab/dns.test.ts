import { describe, expect, it } from 'vitest';
import { answer } from './host/dns.ts';

function query(name: string, type: number): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  const head = Buffer.from('abcd01000001000000000000', 'hex');
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, type, 0, 1])]);
}

const code = (reply: Buffer) => reply.readUInt16BE(2) & 15;
const answers = (reply: Buffer) => reply.readUInt16BE(6);

describe('the stand-in DNS', () => {
  it('gives every dotted name the same address and keeps the id', () => {
    const reply = answer(query('registry-1.docker.io', 1));
    expect([reply.readUInt16BE(0), code(reply), answers(reply)]).toEqual([0xabcd, 0, 1]);
    expect([...reply.subarray(-4)]).toEqual([203, 0, 113, 10]);
  });

  it.each(['nothing.invalid', 'printer.local', 'db', '2.2.0.10.in-addr.arpa'])('does not know %s', (name) => {
    expect(code(answer(query(name, 1)))).toBe(3);
  });

  it('knows v6only names by IPv6 alone', () => {
    expect(answers(answer(query('v6only.example', 1)))).toBe(0);
    expect(answer(query('v6only.example', 28)).subarray(-16).toString('hex')).toMatch(/^20010db8/);
  });

  it('refuses what is no query', () => {
    expect(() => answer(Buffer.from('short'))).toThrow();
  });
});
