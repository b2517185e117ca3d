import { useStore } from '../store.ts';
import css from './kbd.module.css';
import { keysText } from './keys.ts';

/** A shortcut, written as this system writes it. */
export function Kbd({ keys }: { keys: string }) {
  const platform = useStore(({ app }) => app?.platform ?? '');
  return (
    <kbd className={css.kbd} aria-hidden>
      {keysText(keys, platform)}
    </kbd>
  );
}
