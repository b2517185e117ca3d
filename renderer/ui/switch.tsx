import { Switch as AriaSwitch } from 'react-aria-components/Switch';
import { cx } from './cx.ts';
import css from './switch.module.css';

interface SwitchProps {
  label: string;
  hint?: string;
  isSelected: boolean;
  onChange(on: boolean): void;
}

/** On or off, at once. */
export function Switch({ label, hint, isSelected, onChange }: SwitchProps) {
  return (
    <AriaSwitch className={cx(css.switch)} isSelected={isSelected} onChange={onChange}>
      <span className={css.text}>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <span className={css.track} />
    </AriaSwitch>
  );
}
