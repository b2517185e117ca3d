import type { TraceFormat } from '../format.ts';
import { parseNftTraceLine } from '../nft-text.ts';

const MARK = 'trace id ';

/** `nft [-a] monitor trace`, also behind a time stamp that something else put in front. */
export const nftMonitor: TraceFormat = {
  id: 'nft-monitor',
  marks: [MARK],
  reader: () => (line) => {
    const event = parseNftTraceLine(line.slice(line.indexOf(MARK)));
    return event ? [event] : [];
  },
};
