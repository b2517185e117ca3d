import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { usePhrases } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { SIDEBAR_PHRASES } from './phrases.ts';
import css from './sidebar.module.css';

interface FilterProps {
  value: string;
  onChange(value: string): void;
  /** Moves the keyboard into the list. */
  toList(): void;
}

/** Narrows the lists down; the arrow down leads into them. */
export function Filter({ value, onChange, toList }: FilterProps) {
  const phrases = usePhrases(SIDEBAR_PHRASES);
  return (
    <SearchField
      className={cx(css.filter)}
      aria-label={phrases.filter}
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') toList();
      }}
    >
      <Search size={13} aria-hidden />
      <Input placeholder={phrases.filter} spellCheck="false" />
      <Button className={cx(css.clear)}>
        <X size={12} aria-hidden />
      </Button>
    </SearchField>
  );
}
