import { useMemo, useRef, useState } from 'react';
import type { FlowResult } from '../../../shared/flow.ts';
import { flowMatrix } from '../../../shared/flow-matrix.ts';
import type { Run } from '../../../shared/run.ts';
import { usePhrases } from '../../lang.ts';
import { RUN_PHRASES } from '../phrases.ts';
import { countFailing, flowState } from '../timeline/states.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { FlowDetails } from './flow-details.tsx';
import css from './flows.module.css';
import { MatrixTable } from './matrix-table.tsx';
import { FLOW_PHRASES } from './phrases.ts';

/** Who reaches what: the matrix, and a cell's details. */
export function FlowsSection({ run, timeline }: { run: Run; timeline: Timeline }) {
  const say = usePhrases(FLOW_PHRASES);
  const { flows: title } = usePhrases(RUN_PHRASES);
  const [onlyFailing, setOnlyFailing] = useState(false);
  const [open, setOpen] = useState<FlowResult>();
  const cell = useRef<HTMLElement>(null);
  const failing = useMemo(() => countFailing(run.flows), [run.flows]);
  const matrix = useMemo(() => {
    const all = flowMatrix(run.flows);
    if (!onlyFailing || failing === 0) return all;
    return {
      ...all,
      rows: all.rows.filter(({ cells }) => cells.some((f) => f !== undefined && flowState(f) === 'bad')),
    };
  }, [run.flows, onlyFailing, failing]);
  if (run.flows.length === 0) return null;
  return (
    <section aria-labelledby="flows">
      <header className={css.head}>
        <h2 id="flows" tabIndex={-1}>
          {title}
        </h2>
        <small>{say.summary(run.flows.length, failing)}</small>
        {failing > 0 && (
          <label className={css.only}>
            <input type="checkbox" checked={onlyFailing} onChange={(e) => setOnlyFailing(e.target.checked)} />
            {say.onlyFailing}
          </label>
        )}
      </header>
      <MatrixTable
        matrix={matrix}
        onOpen={(flow, element) => {
          cell.current = element;
          setOpen(flow);
        }}
      />
      {open !== undefined && (
        <FlowDetails
          flow={open}
          run={run}
          timeline={timeline}
          trigger={cell}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}
