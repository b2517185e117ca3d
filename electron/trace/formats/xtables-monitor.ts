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

const PACKET = 'PACKET: ';
const TRACE = 'TRACE: ';
/** 1.8.11 glues lines together where a table is not iptables' own. */
const GLUED = ' TRACE: ';
/** Length of a trace id, a hexadecimal number. */
const ID = 8;

const HAPPENING =
  /^([^\s:]+):([^\s:]+):(?:rule:(0x[0-9a-f]+):([A-Z_]+)(?::(\S+))?|(return):|policy:([A-Z]+))(?: +(\S.*?))?\s*$/;

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
  marks: ['TRACE: ', 'PACKET: '],
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
        underWay.set(traceId, { packet: state.packet, family, table });
        emit(traceId, { family, table, chain, what: 'packet', packet: state.packet });
      }
      emit(traceId, happening);
      return true;
    };
    /** What stands behind a mark: the family's number, the trace id, and what is said. */
    const take = (text: string, isPacket: boolean): boolean => {
      const idAt = text.indexOf(' ') + 1;
      const read = readers.get(text.slice(0, Math.max(0, idAt - 1)));
      if (!read || text[idAt + ID] !== ' ') return false;
      const traceId = text.slice(idAt, idAt + ID);
      const rest = text.slice(idAt + ID + 1);
      return isPacket ? takePacket(traceId, rest) : takeTrace(traceId, rest, read);
    };
    return (line) => {
      const packetAt = line.indexOf(PACKET);
      if (packetAt >= 0) return take(line.slice(packetAt + PACKET.length), true);
      let found = false;
      for (let at = line.indexOf(TRACE); at >= 0; ) {
        const next = line.indexOf(GLUED, at);
        const end = next < 0 ? line.length : next;
        if (take(line.slice(at + TRACE.length, end), false)) found = true;
        at = next < 0 ? next : next + 1;
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
    verdict: word(verdict ?? '', rule),
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
