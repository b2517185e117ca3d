import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Fix } from '../../../shared/cause.ts';
import { visible } from '../../../shared/visible.ts';
import { usePhrases, useText } from '../../lang.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Pre } from '../pre.tsx';
import { line } from '../timeline/row-text.ts';
import css from './fixes.module.css';
import { VERDICT_PHRASES } from './phrases.ts';

function Commands({ commands, label }: { commands: readonly string[]; label: string }) {
  const text = commands.join('\n');
  return (
    <div className={css.commands}>
      <Pre text={visible(text)} label={label} />
      <CopyButton label={label} text={text} />
    </div>
  );
}

/** What mends it: commands to copy, how to take them back, and what else they do. */
export function Fixes({ fixes }: { fixes: readonly Fix[] }) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  if (fixes.length === 0) return <p className={css.none}>{say.noFix}</p>;
  return (
    <ul className={css.fixes}>
      {fixes.map((fix) => (
        <li key={fix.title.en}>
          <p className={css.title}>{line(text(fix.title))}</p>
          {fix.warning !== undefined && (
            <p className={css.warning}>
              <TriangleAlert size={14} aria-hidden />
              <span>
                <b>{say.careful}</b> {line(text(fix.warning))}
              </span>
            </p>
          )}
          <p className={css.root}>{say.asRoot}</p>
          <Commands commands={fix.commands} label={say.copyCommands} />
          {fix.undo.length === 0 ? (
            <p className={css.root}>{say.noUndo}</p>
          ) : (
            <details>
              <summary>{say.undo}</summary>
              <Commands commands={fix.undo} label={say.copyUndo} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
