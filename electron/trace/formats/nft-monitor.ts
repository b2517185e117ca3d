import type { TraceFormat } from '../format.ts';
import { memo } from '../memo.ts';
import { parseNftHappening } from '../nft-text.ts';

const MARK = 'trace id ';
/** Lines that differ which are remembered: a ruleset has some hundreds of rules. */
const KNOWN = 4096;

/** `nft [-a] monitor trace`, also behind a time stamp that something else put in front. */
export const nftMonitor: TraceFormat = {
  id: 'nft-monitor',
  marks: [MARK],
  reader: (emit) => {
    const parse = memo(KNOWN, parseNftHappening);
    return (line) => {
      const from = line.indexOf(MARK) + MARK.length;
      const to = line.indexOf(' ', from);
      const happening = to < 0 || to - from > 8 ? undefined : parse(line.slice(to + 1));
      if (happening) emit(line.slice(from, to), happening);
      return happening !== undefined;
    };
  },
};
