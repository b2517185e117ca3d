import type { Fix } from '../../../shared/cause.ts';
import { usePhrases, useText } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Careful } from '../remedy/careful.tsx';
import { Commands } from '../remedy/commands.tsx';
import { line } from '../timeline/row-text.ts';
import css from './fixes.module.css';
import { VERDICT_PHRASES } from './phrases.ts';

/**
 * What mends it: commands to copy, how to take them back, and what else they do. `make` has the fix of that number, from 1, made
 * in the guest; absent where nothing can be made.
 */
export function Fixes({
  fixes,
  make,
}: {
  fixes: readonly Fix[];
  make?: ((number: number) => void) | undefined;
}) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  if (fixes.length === 0) return <p className={css.none}>{say.noFix}</p>;
  return (
    <ul className={css.fixes}>
      {fixes.map((fix, n) => (
        <li key={fix.title.en}>
          <p className={css.title}>{line(text(fix.title))}</p>
          {fix.warning !== undefined && <Careful word={say.careful} says={text(fix.warning)} />}
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
          {make !== undefined && fix.applies === 'at-once' && (
            <p className={css.doing}>
              <Button size="small" onPress={() => make(n + 1)}>
                {say.fix}
              </Button>
              <span className={css.root}>{say.asksFirst}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
