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

/** How something went, as a shape of its own; the colour only repeats it. */
export function StateIcon({ state, size = 14 }: { state: RowState; size?: number }) {
  const Icon = ICONS[state];
  return <Icon className={cx(css.icon, css[state])} size={size} strokeWidth={2.2} aria-hidden />;
}
