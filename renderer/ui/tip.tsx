import { Tooltip } from 'react-aria-components/Tooltip';
import css from './tip.module.css';

/** The name of a button that has only an icon. */
export function Tip({ label, shortcut }: { label: string; shortcut?: string | undefined }) {
  return (
    <Tooltip className={css.tip ?? ''} offset={6}>
      {label}
      {shortcut !== undefined && <span className={css.keys}>{shortcut}</span>}
    </Tooltip>
  );
}
