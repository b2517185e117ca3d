import { placeText } from '../../../shared/place-text.ts';
import { GRADE_WORDS, OWNER_WORDS } from '../../../shared/words.ts';
import { type Block, heading, type Inline, paragraph, text } from '../blocks.ts';
import type { Section } from '../section.ts';
import { ruleBlocks } from './answer.ts';
import { fixBlocks } from './what-to-do.ts';

/** The causes that do not head the list. */
export const otherCauses: Section = ({ run, lang, say }) => {
  const rest = run.causes.slice(1);
  if (rest.length === 0) return [];
  const blocks: Block[] = [heading(2, say.others), paragraph(say.othersIntro)];
  for (const cause of rest) {
    const grade = GRADE_WORDS[cause.grade];
    blocks.push(heading(3, cause.title[lang]), paragraph(cause.says[lang]));
    const items: Inline[][] = [[text(say.howSure(grade.name[lang], grade.meaning[lang]))]];
    if (cause.owner !== undefined) items.push([text(say.owner(OWNER_WORDS[cause.owner][lang]))]);
    if (cause.where !== undefined) items.push([text(say.where(placeText(cause.where, lang)))]);
    blocks.push({ kind: 'list', items });
    if (cause.where !== undefined) blocks.push(...ruleBlocks(cause.where, say));
    blocks.push(...cause.fixes.flatMap((fix) => fixBlocks(fix, 4, lang, say)));
  }
  return blocks;
};
