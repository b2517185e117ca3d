import { useMemo } from 'react';
import type { Run } from '../../../shared/run.ts';
import { usePhrases } from '../../lang.ts';
import { StateIcon } from '../state-icon.tsx';
import type { RowState } from '../timeline/rows.ts';
import { countFailing } from '../timeline/states.ts';
import { VERDICT_PHRASES } from './phrases.ts';
import css from './verdict.module.css';

/** What a verdict without a cause rests on: how much was tried and read. */
export function Checked({ run }: { run: Run }) {
  const say = usePhrases(VERDICT_PHRASES);
  const failing = useMemo(() => countFailing(run.flows), [run.flows]);
  const skipped = run.flows.filter(({ outcome }) => outcome === 'skipped').length;
  const tried = run.flows.length - skipped;
  const read = run.facts.filter(({ ok }) => ok).length;
  const missing = run.facts.filter(({ ok, reason }) => !ok && reason !== 'does-not-apply').length;
  const items: [RowState, string][] = [];
  if (tried > 0 && failing === 0) items.push(['ok', say.flowsWork(tried)]);
  if (failing > 0) items.push(['bad', `${say.flowsTried(tried)} · ${say.flowsFail(failing)}`]);
  if (skipped > 0) items.push(['skipped', say.flowsSkipped(skipped)]);
  if (read > 0) items.push(['ok', say.factsRead(read)]);
  if (missing > 0) items.push(['warn', say.factsMissing(missing)]);
  if (run.journeys.length > 0) items.push(['info', say.packets(run.journeys.length)]);
  if (items.length === 0) return null;
  return (
    <ul className={css.checked} aria-label={say.checked}>
      {items.map(([state, says]) => (
        <li key={says}>
          <StateIcon state={state} />
          {says}
        </li>
      ))}
    </ul>
  );
}
