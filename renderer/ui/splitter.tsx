import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { cx } from './cx.ts';
import css from './splitter.module.css';

export interface SplitterProps {
  label: string;
  /** Pixels of the pane that it resizes. */
  value: number;
  least: number;
  most: number;
  /** A double-click gives this size. */
  usual: number;
  /** `vertical`: a line from top to bottom, moved left and right. */
  orientation: 'vertical' | 'horizontal';
  /** Does the pane grow when the line moves right or down? */
  grows: 'with' | 'against';
  /** Id of the pane. */
  controls: string;
  onChange(value: number): void;
}

const STEP = 16;
const BIG_STEP = 64;

/** The line between two panes: dragged, or moved with the arrow keys; a double-click resets it. */
export function Splitter(props: SplitterProps) {
  const { label, value, least, most, usual, orientation, grows, controls, onChange } = props;
  const from = useRef({ at: 0, value: 0 });
  const vertical = orientation === 'vertical';
  const sign = grows === 'with' ? 1 : -1;
  const set = (wanted: number) => onChange(Math.round(Math.min(most, Math.max(least, wanted))));
  const place = (event: PointerEvent) => (vertical ? event.clientX : event.clientY);

  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { at: place(event), value };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    set(from.current.value + sign * (place(event) - from.current.at));
  };
  const key = (event: KeyboardEvent) => {
    const step = event.shiftKey ? BIG_STEP : STEP;
    const [back, on] = vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const to: Record<string, number> = {
      [back]: value - sign * step,
      [on]: value + sign * step,
      Home: least,
      End: most,
      Enter: usual,
    };
    const wanted = to[event.key];
    if (wanted === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    set(wanted);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be focused and moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-controls={controls}
      className={cx(css.splitter, css[orientation])}
      onPointerDown={down}
      onPointerMove={move}
      onDoubleClick={() => set(usual)}
      onKeyDown={key}
    />
  );
}
