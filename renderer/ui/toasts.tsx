import X from 'lucide-react/icons/x';
import { usePhrases } from '../lang.ts';
import { useStore } from '../store.ts';
import { IconButton } from './icon-button.tsx';
import { UI_PHRASES } from './phrases.ts';
import css from './toasts.module.css';
import { TroubleNote } from './trouble-note.tsx';

/** More at a time would hide the window. */
const MOST = 3;

/** Failures of what the person asked for: they stay until they are closed. */
export function Toasts() {
  const phrases = usePhrases(UI_PHRASES);
  const troubles = useStore((store) => store.troubles);
  const close = (id: number) => {
    useStore.setState((store) => ({ troubles: store.troubles.filter((one) => one.id !== id) }));
    requestAnimationFrame(giveBackKeyboard);
  };
  return (
    <section
      className={css.toasts}
      aria-label={phrases.troubles}
      aria-live="assertive"
      // what a sheet's own call came to must be read, and closed, over that sheet
      data-react-aria-top-layer="true"
    >
      {troubles.slice(-MOST).map(({ id, trouble }) => (
        <div className={css.toast} key={id}>
          <TroubleNote trouble={trouble} />
          <IconButton size="small" label={phrases.close} className={css.close} onPress={() => close(id)}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}

/** The button that had the keyboard is gone: a sheet under it, if there is one, hears Esc again. */
function giveBackKeyboard(): void {
  if (document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>('[role="dialog"], [role="alertdialog"]')?.focus();
}
