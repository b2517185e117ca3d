import { clockOff } from './clock-off.ts';
import { parentUnreachable } from './parent-unreachable.ts';
import type { Remarker } from './remark.ts';

export const REMARKERS: readonly Remarker[] = [clockOff, parentUnreachable];
