import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { visibleLine } from '../../../shared/visible.ts';
import css from './careful.module.css';

/** What else a change does; `word` is “Careful:” in the language of the window. */
export function Careful({ word, says }: { word: string; says: string }) {
  return (
    <p className={css.careful}>
      <TriangleAlert size={14} aria-hidden />
      <span>
        <b>{word}</b> {visibleLine(says)}
      </span>
    </p>
  );
}
