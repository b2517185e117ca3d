import FileDown from 'lucide-react/icons/file-down';
import { useEffect, useState } from 'react';
import { usePhrases } from '../lang.ts';
import { showTrouble } from '../store.ts';
import { Words } from '../ui/words.tsx';
import { selectRun } from './actions.ts';
import { enabledNow } from './commands/run-command.ts';
import css from './drop-target.module.css';
import { FRAME_PHRASES } from './phrases.ts';

type Dragged = 'one' | 'several';

/** The files that are being dragged; undefined where it is something else. */
function dragged({ dataTransfer }: DragEvent): Dragged | undefined {
  if (!dataTransfer?.types.includes('Files')) return undefined;
  return [...dataTransfer.items].filter(({ kind }) => kind === 'file').length > 1 ? 'several' : 'one';
}

/** Lets a log be dropped onto the window. The file itself goes from preload to main: here is only what is seen of it. */
export function DropTarget() {
  const phrases = usePhrases(FRAME_PHRASES);
  const [over, setOver] = useState<Dragged>();
  useEffect(
    () =>
      window.culprit.on('dropped', (opened) => {
        if ('run' in opened) selectRun(opened.run);
        else showTrouble(opened.trouble);
      }),
    [],
  );
  useEffect(() => follow(setOver), []);
  if (over === undefined) return null;
  return (
    <div className={css.target}>
      <div className={css.card}>
        <span className={css.icon}>
          <FileDown size={26} aria-hidden />
        </span>
        <p className={css.title}>{over === 'one' ? phrases.dropLog : phrases.dropOne}</p>
        <p className={css.hint}>
          <Words text={phrases.dropHint} />
        </p>
      </div>
    </div>
  );
}

/** Says what is dragged over the window, as long as it is and can be dropped; gives the function that ends it. */
function follow(say: (over: Dragged | undefined) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const over = (event: DragEvent) => {
    const found = dragged(event);
    if (found === undefined || event.dataTransfer === null) return;
    event.preventDefault();
    const can = enabledNow().includes('open-log');
    // what is not to be dropped here is not: no `drop` comes then
    event.dataTransfer.dropEffect = can && found === 'one' ? 'copy' : 'none';
    say(can ? found : undefined);
  };
  const end = () => say(undefined);
  window.addEventListener('dragenter', over, { signal });
  window.addEventListener('dragover', over, { signal });
  window.addEventListener('dragleave', (event) => event.relatedTarget === null && end(), { signal });
  window.addEventListener('drop', end, { signal });
  // while something is dragged, no pointer moves: it was let go where nobody told us
  window.addEventListener('pointermove', end, { signal });
  return () => stop.abort();
}
