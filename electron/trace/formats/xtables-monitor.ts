import type { Family, Packet } from '../../../shared/trace.ts';
import { packetFromFields } from '../fields.ts';
import type { SeenEvent, TraceFormat } from '../format.ts';
import { LastSeen } from '../last-seen.ts';

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

const PACKET = /PACKET: (\d+) ([0-9a-f]{8}) (.*)$/;
/** 1.8.11 glues lines together where a table is not iptables' own. */
const TRACE =
  /TRACE: (\d+) ([0-9a-f]{8}) ([^\s:]+):([^\s:]+):(?:rule:(0x[0-9a-f]+):([A-Z_]+)(?::(\S+))?|(return):|policy:([A-Z]+))(?: +(?!TRACE: )(\S.*?))?(?=\s*$|\s+TRACE: )/g;

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
  reader: () => {
    const underWay = new LastSeen<UnderWay>(REMEMBERED);
    return (line) => {
      const packetLine = PACKET.exec(line);
      if (packetLine) {
        const [, , traceId = '', fields = ''] = packetLine;
        const packet = packetFromFields(fields);
        if (packet) underWay.set(traceId, { packet });
        return [];
      }
      return Array.from(line.matchAll(TRACE)).flatMap((match) => events(match, underWay));
    };
  },
};

function events(match: RegExpMatchArray, underWay: LastSeen<UnderWay>): SeenEvent[] {
  const [, number = '', traceId = '', table = '', chain = '', handle, verdict, target, back, policy, text] =
    match;
  const family = FAMILIES[number];
  if (!family) return [];
  const core = { traceId, family, table, chain };
  const seen: SeenEvent[] = [];
  const state = underWay.get(traceId);
  if (state && state.at !== `${family} ${table}`) {
    state.at = `${family} ${table}`;
    seen.push({ ...core, what: 'packet', packet: state.packet });
  }
  if (back) seen.push({ ...core, what: 'return', verdict: 'continue' });
  else if (policy) seen.push({ ...core, what: 'policy', verdict: policy.toLowerCase() });
  else {
    seen.push({
      ...core,
      what: 'rule',
      rule: { text: withoutTool(text ?? ''), handle: Number(handle) },
      verdict: word(verdict ?? '', text ?? ''),
      ...(target ? { target } : {}),
    });
  }
  return seen;
}

/** `-4 -t filter -A FORWARD -j X` (1.8.11: `iptables -t filter …`) as iptables-save has it: `-A FORWARD -j X`. */
function withoutTool(text: string): string {
  return text.replace(/^(?:-[46]|ip6?tables) -t \S+ /, '');
}

/** A REJECT shows as a drop, as in nft. */
function word(verdict: string, text: string): string {
  return verdict === 'DROP' && / -j REJECT\b/.test(text) ? 'reject' : verdict.toLowerCase();
}
