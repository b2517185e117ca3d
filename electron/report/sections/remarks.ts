import { code, heading, type Inline, strong, text } from '../blocks.ts';
import type { Section } from '../section.ts';

/** What is so beside the guest: what VirtualBox has wrong with the machine, and that this computer slept. */
export const remarks: Section = ({ run, lang, say }) => {
  if (run.remarks.length === 0) return [];
  const items = run.remarks.map(({ says, next, source }): Inline[] => [
    strong(says[lang]),
    text(` ${next[lang]} `),
    ...(source === undefined ? [] : [code(source)]),
  ]);
  return [heading(2, say.remarks), { kind: 'list', items }];
};
