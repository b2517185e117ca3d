import Check from 'lucide-react/icons/check';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import css from './checkbox.module.css';
import { cx } from './cx.ts';

/** A box to tick, part of a form. */
export function Checkbox({ name, children }: { name: string; children: string }) {
  return (
    <AriaCheckbox name={name} value="yes" className={cx(css.checkbox)}>
      <span className={css.box}>
        <Check size={12} strokeWidth={3.2} aria-hidden />
      </span>
      {children}
    </AriaCheckbox>
  );
}
