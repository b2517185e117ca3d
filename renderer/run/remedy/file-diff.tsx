import { lineDiff } from '../../../shared/line-diff.ts';
import type { FileChange } from '../../../shared/remedy.ts';
import { visibleLine } from '../../../shared/visible.ts';
import { cx } from '../../ui/cx.ts';
import css from './file-diff.module.css';

/** What a file loses and gains, with the lines around it. */
export function FileDiff({ file: { path, before, after } }: { file: FileChange }) {
  return (
    <figure className={css.diff}>
      <figcaption>
        <code>{visibleLine(path)}</code>
      </figcaption>
      <pre>
        {lineDiff(before, after).map(({ mark, text }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diff's lines keep their places, and may come twice
          <span key={n} className={cx(mark === '+' && css.came, mark === '-' && css.went)}>
            {`${mark} ${visibleLine(text)}\n`}
          </span>
        ))}
      </pre>
    </figure>
  );
}
