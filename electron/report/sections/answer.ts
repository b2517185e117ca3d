import { placeText } from '../../../shared/place-text.ts';
import { rootCause } from '../../../shared/root-cause.ts';
import type { RulePlace } from '../../../shared/trace.ts';
import { GRADE_WORDS, OWNER_WORDS, VERDICT_WORDS } from '../../../shared/words.ts';
import { type Block, code, fence, heading, type Inline, paragraph, strong, text } from '../blocks.ts';
import type { Phrases } from '../phrases.ts';
import type { Section } from '../section.ts';

/** The rule as its tools print it. */
export function ruleBlocks({ rule, iptables }: RulePlace, say: Phrases): Block[] {
  const blocks = [paragraph(say.theRule), fence('text', rule)];
  return iptables === undefined
    ? blocks
    : [...blocks, paragraph(say.theRuleInIptables), fence('text', iptables)];
}

/** The verdict, and the root cause in the few lines that a hurried reader takes away. */
export const answer: Section = ({ run, lang, say }) => {
  const { verdict } = run;
  const blocks: Block[] = [
    heading(1, say.title(run.started?.machine.name ?? '?')),
    verdict === undefined
      ? paragraph(strong(say.noVerdict))
      : paragraph(strong(VERDICT_WORDS[verdict.verdict][lang]), ` — ${verdict.says[lang]}`),
  ];
  for (const trouble of run.troubles) blocks.push(paragraph(trouble.says[lang]));
  if (run.ended?.how !== 'done') blocks.push(paragraph(say.cutShort));
  const cause = rootCause(run);
  if (cause === undefined) return blocks;
  const grade = GRADE_WORDS[cause.grade];
  const items: Inline[][] = [[strong(say.rootCause), text(` ${cause.title[lang]}`)]];
  if (cause.where !== undefined) items.push([text(say.where(placeText(cause.where, lang)))]);
  if (cause.owner !== undefined) items.push([text(say.owner(OWNER_WORDS[cause.owner][lang]))]);
  items.push([text(say.howSure(grade.name[lang], grade.meaning[lang]))]);
  blocks.push({ kind: 'list', items });
  if (cause.where !== undefined) blocks.push(...ruleBlocks(cause.where, say));
  return blocks;
};

/** Why it is the root cause, with what shows it. */
export const why: Section = ({ run, lang, say }) => {
  const cause = rootCause(run);
  if (cause === undefined) return [];
  const blocks: Block[] = [heading(2, say.why), paragraph(cause.says[lang])];
  if (cause.evidence.length > 0) {
    const items = cause.evidence.map((e): Inline[] => [text(`${e.says[lang]} `), code(`${e.kind} ${e.ref}`)]);
    blocks.push(paragraph(say.evidenceFor), { kind: 'list', items });
  }
  return blocks;
};
