import type { ReactNode } from 'react';
import css from './chip.module.css';
import { cx } from './cx.ts';

/** A word or two in a coloured field; the colour repeats what the words say. */
export function Chip({
  tone = 'plain',
  title,
  children,
}: {
  tone?: 'plain' | 'ok' | 'bad' | 'warn' | undefined;
  title?: string | undefined;
  children: ReactNode;
}) {
  return (
    <span className={cx(css.chip, css[tone])} title={title}>
      {children}
    </span>
  );
}
