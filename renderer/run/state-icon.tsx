import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import CircleDot from 'lucide-react/icons/circle-dot';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import OctagonX from 'lucide-react/icons/octagon-x';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { cx } from '../ui/cx.ts';
import css from './state-icon.module.css';
import type { RowState } from './timeline/rows.ts';

const ICONS = {
  running: LoaderCircle,
  ok: CircleCheck,
  bad: OctagonX,
  warn: TriangleAlert,
  info: CircleDot,
  skipped: CircleDashed,
} satisfies Record<RowState, unknown>;

const idOf = (state: RowState) => `state-${state}`;

/**
 * The shapes, once for the whole run view. A row that is scrolled into sight then changes one attribute, in place of
 * making a drawing anew: that is what costs most of a frame.
 */
export function StateShapes() {
  return (
    <svg className="visually-hidden" aria-hidden>
      {Object.entries(ICONS).map(([state, Icon]) => (
        <symbol key={state} id={idOf(state as RowState)} viewBox="0 0 24 24">
          <Icon size={24} strokeWidth={2.2} />
        </symbol>
      ))}
    </svg>
  );
}

/** How something went, as a shape of its own; the colour only repeats it. `StateShapes` must be on the page. */
export function StateIcon({ state, size = 14 }: { state: RowState; size?: number }) {
  return (
    <svg className={cx(css.icon, css[state])} width={size} height={size} aria-hidden>
      <use href={`#${idOf(state)}`} />
    </svg>
  );
}
