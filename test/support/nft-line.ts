import type { Happening } from '../../electron/trace/format.ts';
import { nftMonitor } from '../../electron/trace/formats/nft-monitor.ts';

/** What one line of `nft monitor trace` tells; undefined when it tells nothing. */
export function nftLine(line: string): (Happening & { traceId: string }) | undefined {
  let told: (Happening & { traceId: string }) | undefined;
  const read = nftMonitor.reader((traceId, happening) => {
    told = { traceId, ...happening };
  });
  read(line);
  return told;
}
