import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { cx } from './cx.ts';
import css from './segmented.module.css';

interface SegmentedProps<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange(value: V): void;
}

/** One of a few, all in sight. */
export function Segmented<V extends string>({ label, value, options, onChange }: SegmentedProps<V>) {
  const chosen = (given: string) => {
    const option = options.find((one) => one.value === given);
    if (option) onChange(option.value);
  };
  return (
    <RadioGroup className={cx(css.group)} value={value} onChange={chosen} orientation="horizontal">
      <Label className={cx(css.label)}>{label}</Label>
      <div className={css.bar}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={cx(css.segment)}>
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
