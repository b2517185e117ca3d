import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { TooltipTrigger } from 'react-aria-components/Tooltip';
import css from './button.module.css';
import { cx } from './cx.ts';
import { Tip } from './tip.tsx';

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  /** What it does: read to people who don't see it, shown to those who wait over it. */
  label: string;
  /** As text: `⌘R`. */
  shortcut?: string | undefined;
  size?: 'small' | 'normal';
  pressed?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A button with an icon, whose name shows when the pointer rests on it. */
export function IconButton({
  label,
  shortcut,
  size = 'normal',
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={700}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={cx(css.button, css.quiet, css.icon, css[size], className)}
      />
      <Tip label={label} shortcut={shortcut} />
    </TooltipTrigger>
  );
}
