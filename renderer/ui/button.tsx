import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import css from './button.module.css';
import { cx } from './cx.ts';

export interface ButtonProps extends Omit<AriaButtonProps, 'className'> {
  /** `primary`: what most people want next; `danger`: what can't be taken back. */
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  size?: 'small' | 'normal' | 'large';
  className?: string | undefined;
}

/** A button with a word on it. */
export function Button({ look = 'plain', size = 'normal', className, ...rest }: ButtonProps) {
  return <AriaButton {...rest} className={cx(css.button, css[look], css[size], className)} />;
}
