import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField } from 'react-aria-components/NumberField';
import { usePhrases } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { SETTINGS_PHRASES } from './phrases.ts';
import css from './settings.module.css';

const LEAST = 9;
const MOST = 24;

interface FontSizeProps {
  value: number;
  onChange(value: number): void;
}

/** The size of the terminal's text, apart from the window's zoom. */
export function FontSize({ value, onChange }: FontSizeProps) {
  const phrases = usePhrases(SETTINGS_PHRASES);
  return (
    <NumberField
      className={cx(css.number)}
      value={value}
      minValue={LEAST}
      maxValue={MOST}
      onChange={(size) => {
        if (Number.isInteger(size)) onChange(size);
      }}
    >
      <Label>{phrases.fontSize}</Label>
      <Group className={cx(css.stepper)}>
        <Button slot="decrement" aria-label={phrases.smaller}>
          <Minus size={13} aria-hidden />
        </Button>
        <Input />
        <Button slot="increment" aria-label={phrases.larger}>
          <Plus size={13} aria-hidden />
        </Button>
      </Group>
    </NumberField>
  );
}
