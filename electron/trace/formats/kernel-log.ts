import type { Packet } from '../../../shared/trace.ts';
import { spelledOut, withoutHead } from '../envelope.ts';
import { packetFromFields } from '../fields.ts';
import type { Happening, TraceFormat } from '../format.ts';
import { LastSeen } from '../last-seen.ts';
import { latest, memo } from '../memo.ts';

const REMEMBERED = 512;
/** Rules, and chains, that are remembered. */
const KNOWN = 4096;

type IpFamily = 'ip' | 'ip6';

const TRACE = 'TRACE: ';
const TRACED = /^(\w+):([^\s:]+):(rule|return|policy):(\d+)$/;

/**
 * What iptables-legacy's TRACE and LOG put into the kernel's log, from dmesg, /dev/kmsg, syslog or the journal (tested on
 * Linux 5.10, 6.1, 6.12 and 6.18). TRACE tells the rule's number and not what it did: its verdict is `unknown` unless
 * somebody looks the rule up. A LOG line tells only that the packet came by.
 */
export const kernelLog: TraceFormat = {
  id: 'kernel-log',
  reader: (emit) => {
    const at = new LastSeen<string>(REMEMBERED);
    // the lines of one hook tell of the same packet in the same words
    const readPacket = latest(identified);
    const byFamily = { ip: happenings('ip'), ip6: happenings('ip6') };
    return (line) => {
      const from = fieldsAt(line);
      const seen = from < 0 ? undefined : readPacket(line.slice(from));
      if (!seen) return false;
      const { packet } = seen;
      const happening = byFamily[seen.family](line.slice(0, from));
      const { family, table, chain, legacy } = happening;
      const traceId = legacy ? seen.identity : `log ${chain} ${seen.identity}`;
      // each LOG line is a place of its own; TRACE lines of one table belong together
      if (!legacy || at.get(traceId) !== table) {
        if (legacy) at.set(traceId, table);
        emit(traceId, { family, table, chain, legacy, what: 'packet', packet });
      }
      emit(traceId, happening);
      return true;
    };
  },
};

/** Where a packet's fields begin: at the last `IN=` that ` OUT=` follows, for a prefix may hold anything. -1: nowhere. */
function fieldsAt(line: string): number {
  let found = -1;
  for (let at = line.indexOf('IN='); at >= 0; at = line.indexOf('IN=', at + 1)) {
    const end = line.indexOf(' ', at);
    if (end > 0 && line.startsWith('OUT=', end + 1)) found = at;
  }
  return found;
}

/** A packet, its family, and what stands for its trace id, for the log has none: what is the same on all lines of one hook. */
function identified(fields: string): { packet: Packet; family: IpFamily; identity: string } | undefined {
  const packet = packetFromFields(fields);
  if (!packet) return undefined;
  const { proto, src, dst, sport, dport, ipId, flags, iif, oif } = packet;
  const identity = `${proto} ${src} ${sport} ${dst} ${dport} ${ipId} ${flags} ${iif} ${oif}`;
  return { packet, family: src.includes(':') ? 'ip6' : 'ip', identity };
}

/** Reads what stands before a packet's fields. */
function happenings(family: IpFamily): (head: string) => Happening {
  const traced = memo(KNOWN, (text) => tracedBy(family, text));
  const logged = memo(KNOWN, (prefix) => loggedBy(family, prefix));
  return (head) => {
    const from = head.indexOf(TRACE);
    const rule = from < 0 ? undefined : traced(head.slice(from + TRACE.length).trimEnd());
    return rule ?? logged(withoutHead(head));
  };
}

/** `filter:FORWARD:rule:3`, which follows `TRACE: `. */
function tracedBy(family: IpFamily, text: string): Happening | undefined {
  const [, table = '', chain = '', what, position] = TRACED.exec(text) ?? [];
  if (position === undefined) return undefined;
  return {
    family,
    table,
    chain,
    legacy: true,
    // A rule without conditions is called `policy` or `return`, too: its number tells them apart
    what: what === 'policy' ? 'policy' : 'rule',
    rule: { text: '', position: Number(position) },
    verdict: 'unknown',
  };
}

/** A LOG rule has its prefix for a name, if it has one. */
function loggedBy(family: IpFamily, text: string): Happening {
  const prefix = spelledOut(text);
  const rule = { text: prefix ? `LOG "${prefix}"` : 'LOG' };
  return { family, table: 'LOG', chain: prefix, what: 'rule', rule, verdict: 'continue' };
}
