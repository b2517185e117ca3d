import type { Shot } from './shot.ts';
import { LOG_SHOTS } from './shots/logs.ts';
import { OVER_SHOTS } from './shots/over.ts';
import { REMEDY_SHOTS } from './shots/remedies.ts';
import { RUN_SHOTS } from './shots/run.ts';
import { SHEET_SHOTS } from './shots/sheets.ts';
import { START_SHOTS } from './shots/start.ts';
import { TERMINAL_SHOTS } from './shots/terminal.ts';

/** Every state that is worth looking at. */
export const SHOTS: Shot[] = [
  ...START_SHOTS,
  ...RUN_SHOTS,
  ...REMEDY_SHOTS,
  ...LOG_SHOTS,
  ...SHEET_SHOTS,
  ...OVER_SHOTS,
  ...TERMINAL_SHOTS,
];
