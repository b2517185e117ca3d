import type { Run } from '../../shared/run.ts';
import type { Lang } from '../../shared/text.ts';
import type { Block } from './blocks.ts';
import type { Phrases } from './phrases.ts';

/** What every section is written from. */
export interface Source {
  run: Run;
  lang: Lang;
  say: Phrases;
}

/** One part of the report. An empty list: there is nothing to say, not even a heading. */
export type Section = (source: Source) => Block[];
