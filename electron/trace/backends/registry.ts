import type { TraceBackend } from '../backend.ts';
import { legacyTrace } from './legacy-trace.ts';
import { log } from './log.ts';
import { nftOwner } from './nft-owner.ts';
import { nftTable } from './nft-table.ts';
import { xtablesMonitor } from './xtables-monitor.ts';

/** Ways of tracing, best first: of those that can run on a guest, the first that holds out is used. */
export const BACKENDS: readonly TraceBackend[] = [nftOwner, nftTable, xtablesMonitor, legacyTrace, log];
