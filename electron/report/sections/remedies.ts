import { lineDiff } from '../../../shared/line-diff.ts';
import type { RemedyRecord } from '../../../shared/run.ts';
import type { Lang } from '../../../shared/text.ts';
import { OUTCOME_WORDS } from '../../../shared/words.ts';
import { type Block, code, fence, heading, paragraph, text } from '../blocks.ts';
import type { Phrases } from '../phrases.ts';
import type { Section } from '../section.ts';

/** What was tried and mended, with before and after. */
export const remedies: Section = ({ run, lang, say }) =>
  run.remedies.flatMap((remedy) => [
    heading(2, say.remedy[remedy.plan?.kind ?? 'fix']),
    ...remedyBlocks(remedy, lang, say),
  ]);

function remedyBlocks({ plan, end }: RemedyRecord, lang: Lang, say: Phrases): Block[] {
  const blocks: Block[] = [paragraph(end?.says[lang] ?? say.unfinished)];
  if (plan) {
    blocks.push(paragraph(plan.title[lang]));
    for (const { path, before, after } of plan.files)
      blocks.push(paragraph(code(path)), fence('text', diffText(before, after)));
    if (plan.commands.length > 0) blocks.push(fence('sh', plan.commands.join('\n')));
    if (plan.undo.length > 0) blocks.push(paragraph(say.undo), fence('sh', plan.undo.join('\n')));
  }
  if (end && end.flows.length > 0) {
    const during = end.flows.some((flow) => flow.during !== undefined);
    blocks.push({
      kind: 'table',
      head: [say.flow, say.before, ...(during ? [say.during] : []), say.after],
      rows: end.flows.map((flow) => [
        [code(flow.id)],
        ...[flow.before, ...(during ? [flow.during ?? 'skipped'] : []), flow.after].map((outcome) => [
          text(OUTCOME_WORDS[outcome as typeof flow.after][lang]),
        ]),
      ]),
    });
  }
  const lines = end?.change?.lines ?? [];
  if (lines.length > 0) blocks.push(paragraph(say.stateChanged), fence('text', lines.join('\n')));
  return blocks;
}

const diffText = (before: string | null, after: string | null) =>
  lineDiff(before, after)
    .map(({ mark, text: line }) => `${mark} ${line}`)
    .join('\n');
