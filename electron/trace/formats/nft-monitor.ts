import type { TraceFormat } from '../format.ts';
import { latest, memo } from '../memo.ts';
import { parseNftChain, parseNftHappening, parseNftPacket } from '../nft-text.ts';

const MARK = 'trace id ';
const PACKET = ' packet: ';
/** Texts that differ which are remembered: a ruleset has some hundreds of rules. */
const KNOWN = 4096;

/** `nft [-a] monitor trace`, also behind a time stamp that something else put in front. */
export const nftMonitor: TraceFormat = {
  id: 'nft-monitor',
  reader: (emit) => {
    const readChain = memo(KNOWN, parseNftChain);
    const readPacket = latest(parseNftPacket);
    const readHappening = memo(KNOWN, parseNftHappening);
    return (line) => {
      const mark = line.indexOf(MARK);
      if (mark < 0) return false;
      const from = mark + MARK.length;
      const to = line.indexOf(' ', from);
      if (to < 0 || to - from > 8) return false;
      const traceId = line.slice(from, to);
      // a rule's comment may have the word, too: then no chain stands before it
      const packetAt = line.indexOf(PACKET, to);
      const where = packetAt < 0 ? undefined : readChain(line.slice(to + 1, packetAt));
      if (where) {
        const { family, table, chain } = where;
        const packet = readPacket(line.slice(packetAt + PACKET.length));
        if (packet) emit(traceId, { family, table, chain, what: 'packet', packet });
        return packet !== undefined;
      }
      const happening = readHappening(line.slice(to + 1));
      if (happening) emit(traceId, happening);
      return happening !== undefined;
    };
  },
};
