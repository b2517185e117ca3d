import { FACT_REASON_WORDS } from '../../../shared/words.ts';
import { type Block, heading, type Inline, paragraph, text } from '../blocks.ts';
import type { Section } from '../section.ts';

/** What our own rules could not tell, and the facts that could not be had. */
export const notes: Section = ({ run, lang, say }) => {
  const items: Inline[][] = run.notes.map((note) => [
    text(
      note.outcome === 'rule-broke'
        ? say.noteBroke(note.rule, note.says[lang])
        : say.noteCannotTell(note.rule, note.says[lang]),
    ),
  ]);
  for (const fact of run.facts) {
    // "Does not apply" is an answer, not a gap.
    if (fact.ok || fact.reason === undefined || fact.reason === 'does-not-apply') continue;
    const reason = FACT_REASON_WORDS[fact.reason][lang];
    items.push([text(say.noFact(fact.probe, reason, fact.detail?.[lang] ?? ''))]);
  }
  return items.length === 0 ? [] : [heading(2, say.notes), { kind: 'list', items }];
};

/** What followed the packets, and why the alternatives could not. */
export const tracer: Section = ({ run, lang, say }) => {
  const { tracer: used } = run;
  if (used === undefined) return [heading(2, say.tracer), paragraph(say.tracerNotAsked)];
  const blocks: Block[] = [
    heading(2, say.tracer),
    paragraph(used.backend === null ? say.tracerNone : say.tracerUsed(used.backend)),
  ];
  if (used.whyNot.length > 0) {
    const items = used.whyNot.map(({ backend, why }): Inline[] => [
      text(say.tracerWhyNot(backend, why[lang])),
    ]);
    blocks.push({ kind: 'list', items });
  }
  return blocks;
};
