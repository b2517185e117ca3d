import { guestFactText } from '../../../shared/guest-words.ts';
import { code, heading, type Inline, text } from '../blocks.ts';
import type { Section } from '../section.ts';

/** What ran where and when, and what the guest is made of. */
export const versions: Section = ({ run, lang, say }) => {
  const { started } = run;
  const rows: [string, Inline[]][] = [];
  if (started !== undefined) {
    const { name, kind, id } = started.machine;
    const targets = started.targets.flatMap((url, i) => (i === 0 ? [code(url)] : [text(' '), code(url)]));
    rows.push([say.machine, [text(`${name} (${kind} ${id})`)]], [say.startedAt, [text(started.at)]]);
    rows.push([say.targets, targets], [say.culprit, [text(started.culprit)]]);
  }
  for (const [key, value] of Object.entries(run.guest)) rows.push([key, [text(guestFactText(value, lang))]]);
  if (rows.length === 0) return [];
  const cells = rows.map(([key, value]): Inline[][] => [[text(key)], value]);
  return [heading(2, say.versions), { kind: 'table', head: [say.key, say.value], rows: cells }];
};
