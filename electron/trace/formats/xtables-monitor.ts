import type { Family, Packet } from '../../../shared/trace.ts';
import { packetFromFields } from '../fields.ts';
import type { Happening, TraceFormat } from '../format.ts';
import { LastSeen } from '../last-seen.ts';
import { memo } from '../memo.ts';

/** nfnetlink's family numbers. */
const FAMILIES: Record<string, Family> = {
  '1': 'inet',
  '2': 'ip',
  '3': 'arp',
  '5': 'netdev',
  '7': 'bridge',
  '10': 'ip6',
};

/** Packets under way at a time that a reader can tell apart. */
const REMEMBERED = 512;

/** Lines that differ which are remembered. */
const KNOWN = 4096;

const SAYS = ['TRACE: ', 'PACKET: '];
/**
 * What stands before each thing that is said: the family's number and a trace id. 1.8.11 glues them together where a table is
 * not iptables' own, up to the next packet.
 */
const MARK = /(PACKET|TRACE): (\d+) ([0-9a-f]{8}) /g;

const HAPPENING =
  /^([^\s:]+):([^\s:]+):(?:rule:(0x[0-9a-f]+):([A-Z_]+|0x[0-9a-f]+)(?::(\S+))?|(return):|policy:([A-Z]+))(?: +(\S.*?))?\s*$/;

/** Verdicts that 1.8.11 has no word for. */
const NUMBERED: Record<string, string> = { '0xfffffffb': 'RETURN' };

interface UnderWay {
  packet: Packet;
  /** The table whose base chain the packet is in; none right after a PACKET line. */
  family?: Family;
  table?: string;
}

/**
 * `xtables-monitor --trace` (tested on 1.8.7, 1.8.9 and 1.8.11). It prints the packet only now and then, so the first
 * line in each table begins that table's base chain with the packet as it was seen last. Rules of nft's own tables have
 * no text, only the handle.
 */
export const xtablesMonitor: TraceFormat = {
  id: 'xtables-monitor',
  reader: (emit) => {
    const underWay = new LastSeen<UnderWay>(REMEMBERED);
    const readers = new Map(
      Object.entries(FAMILIES).map(([number, family]) => [
        number,
        memo(KNOWN, (text) => happeningOf(family, text)),
      ]),
    );
    const takePacket = (traceId: string, fields: string): boolean => {
      const packet = packetFromFields(fields);
      if (packet) underWay.set(traceId, { packet });
      return packet !== undefined;
    };
    const takeTrace = (traceId: string, text: string, read: (text: string) => Happening | undefined) => {
      const happening = read(text);
      if (!happening) return false;
      const { family, table, chain } = happening;
      const state = underWay.get(traceId);
      if (state && (state.table !== table || state.family !== family)) {
        state.family = family;
        state.table = table;
        emit(traceId, { family, table, chain, what: 'packet', packet: state.packet });
      }
      emit(traceId, happening);
      return true;
    };
    return (line) => {
      let found = false;
      MARK.lastIndex = 0;
      for (let mark = MARK.exec(line); mark; ) {
        const [, what, family = '', traceId = ''] = mark;
        const from = MARK.lastIndex;
        // nearly every line has one, and to look for a word costs less than to look for a pattern
        const next = SAYS.some((word) => line.includes(word, from)) ? MARK.exec(line) : null;
        const said = line.slice(from, next?.index ?? line.length);
        const read = readers.get(family);
        if (read && (what === 'PACKET' ? takePacket(traceId, said) : takeTrace(traceId, said, read)))
          found = true;
        mark = next;
      }
      return found;
    };
  },
};

/** `filter:DOCKER-USER:rule:0x4:DROP  -4 -t filter -A …`, which follows the trace id. */
function happeningOf(family: Family, text: string): Happening | undefined {
  const match = HAPPENING.exec(text);
  const [, table = '', chain = '', handle, verdict, target, back, policy, rule = ''] = match ?? [];
  if (!match) return undefined;
  const core = { family, table, chain };
  if (back) return { ...core, what: 'return', verdict: 'continue' };
  if (policy) return { ...core, what: 'policy', verdict: policy.toLowerCase() };
  return {
    ...core,
    what: 'rule',
    rule: { text: withoutTool(rule), handle: Number(handle) },
    verdict: word(NUMBERED[verdict ?? ''] ?? verdict ?? '', rule),
    ...(target ? { target } : {}),
  };
}

/** `-4 -t filter -A FORWARD -j X` (1.8.11: `iptables -t filter …`) as iptables-save has it: `-A FORWARD -j X`. */
function withoutTool(text: string): string {
  return text.replace(/^(?:-[46]|ip6?tables) -t \S+ /, '');
}

/** A REJECT shows as a drop, as in nft. */
function word(verdict: string, text: string): string {
  return verdict === 'DROP' && / -j REJECT\b/.test(text) ? 'reject' : verdict.toLowerCase();
}
