import type { Packet } from '../../../shared/trace.ts';
import { packetFromFields } from '../fields.ts';
import type { Emit, TraceFormat } from '../format.ts';
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
  reader: (emit) => {
    const at = new LastSeen<string>(REMEMBERED);
    return (line) => {
      const trace = TRACE.exec(line);
      if (!trace) return logged(line, emit);
      const [, table = '', chain = '', what, position, fields = ''] = trace;
      const packet = packetFromFields(fields);
      if (!packet) return false;
      const traceId = identity(packet);
      const core = { family: familyOf(packet), table, chain, legacy: true } as const;
      if (at.get(traceId) !== table) {
        at.set(traceId, table);
        emit(traceId, { ...core, what: 'packet', packet });
      }
      // A rule without conditions is called `policy` or `return`, too: its number tells them apart
      const rule = { text: '', position: Number(position) };
      emit(traceId, { ...core, what: what === 'policy' ? 'policy' : 'rule', rule, verdict: 'unknown' });
      return true;
    };
  },
};

function logged(line: string, emit: Emit): boolean {
  const match = LOGGED.exec(line.replace(HEAD, ''));
  const packet = packetFromFields(match?.[2] ?? '');
  if (!packet) return false;
  const prefix = (match?.[1] ?? '').trim();
  const traceId = `log ${prefix} ${identity(packet)}`;
  const core = { family: familyOf(packet), table: 'LOG', chain: prefix };
  emit(traceId, { ...core, what: 'packet', packet });
  const rule = { text: prefix ? `LOG "${prefix}"` : 'LOG' };
  emit(traceId, { ...core, what: 'rule', rule, verdict: 'continue' });
  return true;
}

function familyOf(packet: Packet): 'ip' | 'ip6' {
  return packet.src.includes(':') ? 'ip6' : 'ip';
}

/** There is no trace id in the log: what is the same on all lines of one hook stands for it. */
function identity({ proto, src, dst, sport, dport, ipId, flags, iif, oif }: Packet): string {
  return [proto, src, sport, dst, dport, ipId, flags, iif, oif].join(' ');
}
