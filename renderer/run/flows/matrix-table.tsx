import { type KeyboardEvent, useState } from 'react';
import type { FlowResult, Origin } from '../../../shared/flow.ts';
import type { FlowMatrix } from '../../../shared/flow-matrix.ts';
import { milliseconds } from '../../../shared/milliseconds.ts';
import { OUTCOME_WORDS, originWords } from '../../../shared/words.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { StateIcon } from '../state-icon.tsx';
import { line } from '../timeline/row-text.ts';
import { flowState } from '../timeline/states.ts';
import css from './flows.module.css';
import { FLOW_PHRASES } from './phrases.ts';

const MOVES: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function Cell({ flow }: { flow: FlowResult }) {
  const lang = useLang();
  const { outcome, ms, tries } = flow;
  return (
    <>
      <StateIcon state={flowState(flow)} size={13} />
      <span className={css.word}>{OUTCOME_WORDS[outcome][lang]}</span>
      {tries !== undefined && (
        <span className={css.ms}>
          {tries.ok}/{tries.of}
        </span>
      )}
      {outcome !== 'skipped' && <span className={css.ms}>{milliseconds(ms)}</span>}
    </>
  );
}

function OriginHead({ from }: { from: Origin }) {
  const lang = useLang();
  const title = line(originWords(from)[lang]);
  if (from.where !== 'container')
    return (
      <th scope="col" title={title}>
        <span className={css.place}>{title}</span>
      </th>
    );
  return (
    <th scope="col" title={`${title} ${line(from.address)}`}>
      <span>{line(from.name)}</span>
      <small>{line(from.network)}</small>
    </th>
  );
}

/** From × to; one stop of the Tab key, arrow keys move between cells. */
export function MatrixTable({
  matrix,
  onOpen,
}: {
  matrix: FlowMatrix;
  onOpen: (flow: FlowResult, element: HTMLElement) => void;
}) {
  const say = usePhrases(FLOW_PHRASES);
  const lang = useLang();
  const first = matrix.rows.findIndex(({ cells }) =>
    cells.some((f) => f !== undefined && flowState(f) === 'bad'),
  );
  const [at, setAt] = useState<readonly [number, number]>();
  const firstRow = matrix.rows[Math.max(0, first)];
  const firstColumn =
    firstRow?.cells.findIndex((f) => f !== undefined && (first < 0 || flowState(f) === 'bad')) ?? 0;
  const here =
    at !== undefined && matrix.rows[at[0]]?.cells[at[1]] !== undefined
      ? at
      : [Math.max(0, first), firstColumn];

  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = MOVES[event.key];
    if (step === undefined) return;
    event.preventDefault();
    let [row, column] = here as [number, number];
    for (;;) {
      row += step[0];
      column += step[1];
      const cells = matrix.rows[row]?.cells;
      if (cells === undefined || column < 0 || column >= cells.length) return;
      if (cells[column] !== undefined) break;
    }
    setAt([row, column]);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={say.table}>
      <table className={css.table} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>
              {say.to}
            </th>
            {matrix.origins.map((from, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place
              <OriginHead key={n} from={from} />
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map(({ to, cells }, r) => {
            const isNew = matrix.rows[r - 1]?.to.what !== to.what;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place
              <tr key={r} className={cx(isNew && css.group)}>
                <th scope="row" title={line(`${say.kinds[to.what]}: ${to.label} ${to.proto}`)}>
                  <div className={css.to}>
                    <span className={cx(css.kind, !isNew && css.again)}>{say.kinds[to.what]}</span>
                    <span className={css.label}>{line(to.label)}</span>
                    <span className={css.proto}>{to.proto}</span>
                  </div>
                </th>
                {cells.map((flow, c) =>
                  flow === undefined ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their place
                    <td key={c} className={css.empty}>
                      <span aria-hidden>·</span>
                      <span className="visually-hidden">{say.notTried}</span>
                    </td>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their place
                    <td key={c} className={css[flowState(flow)]}>
                      <button
                        type="button"
                        data-cell={`${r} ${c}`}
                        tabIndex={r === here[0] && c === here[1] ? 0 : -1}
                        aria-haspopup="dialog"
                        onFocus={() => setAt([r, c])}
                        onClick={(event) => onOpen(flow, event.currentTarget)}
                      >
                        <Cell flow={flow} />
                        <span className="visually-hidden">
                          {line(`${originWords(flow.from)[lang]} → ${to.label} ${to.proto}`)}
                        </span>
                      </button>
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
