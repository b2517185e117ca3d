import { residueReason } from '../../../shared/words.ts';
import { type Block, fence, heading, paragraph } from '../blocks.ts';
import type { Section } from '../section.ts';

/** The proof that nothing was left behind, or what was. */
export const residue: Section = ({ run, lang, say }) => {
  const blocks: Block[] = [heading(2, say.residue)];
  const left = run.residue;
  if (left === undefined) return [...blocks, paragraph(say.residueNotReached)];
  if (!left.checked) blocks.push(paragraph(say.residueUnchecked(residueReason(left)[lang])));
  const kinds: [string, string[]][] = [
    [say.rules, left.rules],
    [say.sysctls, left.sysctls],
    [say.interfaces, left.interfaces],
    [say.processes, left.processes],
  ];
  const changed = kinds.filter(([, lines]) => lines.length > 0);
  if (changed.length === 0) return left.checked ? [...blocks, paragraph(say.residueClean)] : blocks;
  blocks.push(paragraph(say.residueLeft));
  for (const [name, lines] of changed) blocks.push(heading(3, name), fence('text', lines.join('\n')));
  return blocks;
};
