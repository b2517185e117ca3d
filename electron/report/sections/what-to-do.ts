import type { Fix } from '../../../shared/cause.ts';
import { rootCause } from '../../../shared/root-cause.ts';
import type { Lang } from '../../../shared/text.ts';
import { type Block, fence, heading, paragraph } from '../blocks.ts';
import type { Phrases } from '../phrases.ts';
import type { Section } from '../section.ts';

/** A fix with its commands and their undo, under a heading of the given level. */
export function fixBlocks(fix: Fix, level: 3 | 4, lang: Lang, say: Phrases): Block[] {
  const blocks: Block[] = [heading(level, fix.title[lang])];
  if (fix.warning !== undefined) blocks.push(paragraph(say.careful(fix.warning[lang])));
  blocks.push(paragraph(say.asRoot), fence('sh', fix.commands.join('\n')));
  if (fix.undo.length === 0) blocks.push(paragraph(say.noUndo));
  else blocks.push(paragraph(say.undo), fence('sh', fix.undo.join('\n')));
  return blocks;
}

/** The fixes of the root cause. */
export const whatToDo: Section = ({ run, lang, say }) => {
  const cause = rootCause(run);
  if (cause === undefined) return [];
  const fixes = cause.fixes.flatMap((fix) => fixBlocks(fix, 3, lang, say));
  return [heading(2, say.whatToDo), ...(fixes.length === 0 ? [paragraph(say.noFix)] : fixes)];
};
