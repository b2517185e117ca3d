import type { Packet } from '../../shared/trace.ts';
import { isAmong } from './asked-for.ts';
import type { Part } from './rule-parts.ts';

/** A word of a rule as iptables-save writes it: bare, or in quotes if it has blanks. */
const WORD = /"(?:\\.|[^"\\])*"|\S+/g;
/** Matches that ask for nothing: what they are for is other options, or a person who reads. */
const MODULES_ONLY = new Set(['tcp', 'udp', 'icmp', 'comment']);

/** The conditions of a rule in iptables' words (`-A FORWARD -i docker0 ! -o docker0 -j ACCEPT`), held against a packet. */
export function iptablesPartsOf(text: string, packet: Packet): Part[] {
  const words = (text.match(WORD) ?? []).slice(2);
  const parts: Part[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const negated = words[at] === '!';
    if (negated) at += 1;
    const option = words[at] ?? '';
    if (option === '-j' || option === '-g') break;
    if (option === '-m') {
      const module = words[at + 1] ?? '';
      at += 1;
      // What such a module asks for stands in the options behind it
      if (words[at + 1]?.startsWith('-') || words[at + 1] === '!' || MODULES_ONLY.has(module)) continue;
      parts.push({ wanted: `-m ${module}`, holds: undefined });
      continue;
    }
    const values: string[] = [];
    while (at + 1 < words.length && !/^(?:-[a-z]|--[a-z]|!$)/.test(words[at + 1] ?? '')) {
      values.push(words[at + 1] ?? '');
      at += 1;
    }
    if (option === '--comment') continue;
    parts.push(partOf(option, values.join(' '), negated, packet));
  }
  return parts;
}

function partOf(option: string, value: string, negated: boolean, packet: Packet): Part {
  const wanted = `${negated ? '! ' : ''}${option}${value === '' ? '' : ` ${value}`}`;
  const [has, fits] = heldAgainst(option, value, packet);
  const holds = fits === undefined ? undefined : fits !== negated;
  return { wanted, holds, ...(has === undefined ? {} : { has: String(has) }) };
}

/** What the packet has there, and whether that is what is asked for; undefined where it can't be known. */
function heldAgainst(
  option: string,
  value: string,
  packet: Packet,
): [has: string | number | undefined, fits: boolean | undefined] {
  const held = (has: string | number | undefined, fits: (has: string | number) => boolean | undefined) =>
    [has, has === undefined ? undefined : fits(has)] as [typeof has, boolean | undefined];
  switch (option) {
    case '-i':
      return held(packet.iif, (name) => isNamed(String(name), value));
    case '-o':
      return held(packet.oif, (name) => isNamed(String(name), value));
    case '-s':
      return held(packet.src, (address) => isInside(address, value));
    case '-d':
      return held(packet.dst, (address) => isInside(address, value));
    case '-p':
      // a number is one of the protocols that nobody names
      return held(packet.proto, (proto) => (/^\d/.test(value) ? undefined : proto === value));
    case '--sport':
    case '--sports':
      return held(packet.sport, (port) => isOneOf(Number(port), value));
    case '--dport':
    case '--dports':
      return held(packet.dport, (port) => isOneOf(Number(port), value));
    default:
      return [undefined, undefined];
  }
}

/** `br-+` stands for every name that begins so. */
function isNamed(name: string, wanted: string): boolean {
  return wanted.endsWith('+') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function isInside(address: string | number, wanted: string): boolean | undefined {
  const [addr = '', len = ''] = wanted.split('/');
  return isAmong(address, len === '' ? addr : { prefix: { addr, len: Number(len) } }, () => undefined);
}

/** `80`, `8000:8080`, `80,443`; names of ports were made numbers by iptables-save. */
function isOneOf(port: number, wanted: string): boolean {
  return wanted.split(',').some((range) => {
    const [from = '', to = from] = range.split(':');
    return port >= Number(from || 0) && port <= Number(to || 65_535);
  });
}
