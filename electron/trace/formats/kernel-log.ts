import type { Packet } from '../../../shared/trace.ts';
import { packetFromFields } from '../fields.ts';
import type { SeenEvent, TraceFormat } from '../format.ts';
import { LastSeen } from '../last-seen.ts';

const REMEMBERED = 4096;
const TRACE = /TRACE: (\w+):([^\s:]+):(rule|return|policy):(\d+) (IN=\S* OUT=.*)$/;
/** What stands before the prefix of a LOG rule: a syslog or journal head, dmesg's time, a raw record of /dev/kmsg. */
const HEAD = /^(?:\d+,\d+,\d+,\S*?;|.*?kernel: ?(?:\[ *\d+\.\d+\] ?)?|<\d+>|\[[^\]]*\] ?)/;
/** The last `IN=` that an `OUT=` follows: a prefix may hold anything. */
const LOGGED = /^(.*?)(IN=\S* OUT=(?:(?!IN=\S* OUT=).)*)$/;

/**
 * What iptables-legacy's TRACE and LOG put into the kernel's log, from dmesg, /dev/kmsg, syslog or the journal (tested on
 * Linux 5.10, 6.1, 6.12 and 6.18). TRACE tells the rule's number and not what it did: its verdict is `unknown` unless
 * somebody looks the rule up. A LOG line tells only that the packet came by.
 */
export const kernelLog: TraceFormat = {
  id: 'kernel-log',
  marks: ['OUT='],
  reader: () => {
    const at = new LastSeen<string>(REMEMBERED);
    return (line) => {
      const trace = TRACE.exec(line);
      if (!trace) return logged(line);
      const [, table = '', chain = '', what, position, fields = ''] = trace;
      const packet = packetFromFields(fields);
      if (!packet) return [];
      const core = { traceId: identity(packet), family: familyOf(packet), table, chain };
      const seen: SeenEvent[] = [];
      if (at.get(core.traceId) !== table) {
        at.set(core.traceId, table);
        seen.push({ ...core, what: 'packet', packet });
      }
      if (what === 'rule' || what === 'return') {
        seen.push({
          ...core,
          what: 'rule',
          rule: { text: '', position: Number(position) },
          verdict: 'unknown',
        });
      } else seen.push({ ...core, what: 'policy', verdict: 'unknown' });
      return seen;
    };
  },
};

function logged(line: string): SeenEvent[] {
  const match = LOGGED.exec(line.replace(HEAD, ''));
  const packet = packetFromFields(match?.[2] ?? '');
  if (!packet) return [];
  const prefix = (match?.[1] ?? '').trim();
  const core = {
    traceId: `log ${prefix} ${identity(packet)}`,
    family: familyOf(packet),
    table: 'LOG',
    chain: prefix,
  };
  return [
    { ...core, what: 'packet', packet },
    { ...core, what: 'rule', rule: { text: prefix ? `LOG "${prefix}"` : 'LOG' }, verdict: 'continue' },
  ];
}

function familyOf(packet: Packet): 'ip' | 'ip6' {
  return packet.src.includes(':') ? 'ip6' : 'ip';
}

/** There is no trace id in the log: what is the same on all lines of one hook stands for it. */
function identity({ proto, src, dst, sport, dport, ipId, flags, iif, oif }: Packet): string {
  return [proto, src, sport, dst, dport, ipId, flags, iif, oif].join(' ');
}
