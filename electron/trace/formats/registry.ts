import type { TraceFormat } from '../format.ts';
import { kernelLog } from './kernel-log.ts';
import { nftMonitor } from './nft-monitor.ts';
import { xtablesMonitor } from './xtables-monitor.ts';

/** Every text that Culprit reads packets from. */
export const FORMATS: readonly TraceFormat[] = [nftMonitor, xtablesMonitor, kernelLog];
