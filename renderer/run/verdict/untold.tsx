import type { Run } from '../../../shared/run.ts';
import { FACT_REASON_WORDS } from '../../../shared/words.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { StateIcon } from '../state-icon.tsx';
import { PROBE_WORDS } from '../timeline/probe-words.ts';
import { line } from '../timeline/row-text.ts';
import { VERDICT_PHRASES } from './phrases.ts';
import css from './verdict.module.css';

const MOST = 40;

/** What our own rules could not tell, facts that could not be had, tracers that could not run. */
export function Untold({ run, open }: { run: Run; open: boolean }) {
  const say = usePhrases(VERDICT_PHRASES);
  const lang = useLang();
  const items = run.notes.map((note) =>
    note.outcome === 'rule-broke'
      ? say.noteBroke(line(note.rule), line(note.says[lang]))
      : say.noteCannotTell(line(note.rule), line(note.says[lang])),
  );
  for (const fact of run.facts) {
    // "Does not apply" is an answer, not a gap.
    if (fact.ok || fact.reason === undefined || fact.reason === 'does-not-apply') continue;
    const probe = PROBE_WORDS[fact.probe]?.[lang] ?? line(fact.probe);
    items.push(say.noFact(probe, FACT_REASON_WORDS[fact.reason][lang], line(fact.detail?.[lang] ?? '')));
  }
  if (run.tracer?.backend === null)
    for (const { backend, why } of run.tracer.whyNot)
      items.push(say.noTracer(line(backend), line(why[lang])));
  if (items.length === 0) return null;
  return (
    <details className={css.more} open={open}>
      <summary>
        <StateIcon state="warn" />
        {say.untold(items.length)}
      </summary>
      <ul className={css.untold}>
        {items.slice(0, MOST).map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </details>
  );
}
