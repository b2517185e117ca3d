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
const REMEMBERED = 4096;

/** Lines that differ which are remembered. */
const KNOWN = 4096;

const PACKET = /PACKET: (\d+) ([0-9a-f]{8}) (.*)$/;
/** 1.8.11 glues lines together where a table is not iptables' own. */
const TRACE = /TRACE: (\d+) ([0-9a-f]{8}) (.*?)(?=\s*$|\s+TRACE: )/g;
const HAPPENING =
  /^(\d+) ([^\s:]+):([^\s:]+):(?:rule:(0x[0-9a-f]+):([A-Z_]+)(?::(\S+))?|(return):|policy:([A-Z]+))(?: +(\S.*?))?\s*$/;

interface UnderWay {
  packet: Packet;
  /** `family table` whose base chain the packet is in; none right after a PACKET line. */
  at?: string;
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
    const readPacket = memo(KNOWN, packetFromFields);
    const readTrace = memo(KNOWN, happeningOf);
    return (line) => {
      const packetLine = PACKET.exec(line);
      if (packetLine) {
        const packet = readPacket(packetLine[3] ?? '');
        if (packet) underWay.set(packetLine[2] ?? '', { packet });
        return packet !== undefined;
      }
      let found = false;
      for (const [, family = '', traceId = '', rest = ''] of line.matchAll(TRACE)) {
        const happening = readTrace(`${family} ${rest}`);
        if (!happening) continue;
        found = true;
        const state = underWay.get(traceId);
        const at = `${happening.family} ${happening.table}`;
        if (state && state.at !== at) {
          state.at = at;
          const { chain, table } = happening;
          emit(traceId, { family: happening.family, table, chain, what: 'packet', packet: state.packet });
        }
        emit(traceId, happening);
      }
      return found;
    };
  },
};

/** `2 filter:DOCKER-USER:rule:0x4:DROP  -4 -t filter -A …`: the family's number, and what follows the trace id. */
function happeningOf(text: string): Happening | undefined {
  const match = HAPPENING.exec(text);
  const [, number = '', table = '', chain = '', handle, verdict, target, back, policy, rule = ''] =
    match ?? [];
  const family = FAMILIES[number];
  if (!match || !family) return undefined;
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
