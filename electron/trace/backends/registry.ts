import type { TraceBackend } from '../backend.ts';
import { nftOwner } from './nft-owner.ts';

/** Ways of tracing, best first: the first that can run on a guest is used. */
export const BACKENDS: readonly TraceBackend[] = [nftOwner];
