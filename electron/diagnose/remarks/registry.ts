import type { Remarker } from '../remark.ts';
import { clockOff } from './clock-off.ts';
import { imageNotFetched } from './image-not-fetched.ts';
import { matesByProxy } from './mates-by-proxy.ts';
import { noRawSockets } from './no-raw-sockets.ts';
import { ownProfile } from './own-profile.ts';
import { parentUnreachable } from './parent-unreachable.ts';

export const REMARKERS: readonly Remarker[] = [
  clockOff,
  imageNotFetched,
  matesByProxy,
  noRawSockets,
  ownProfile,
  parentUnreachable,
];
