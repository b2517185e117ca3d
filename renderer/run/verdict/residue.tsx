import type { Residue } from '../../../shared/residue.ts';
import { visible } from '../../../shared/visible.ts';
import { residueReason } from '../../../shared/words.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { Pre } from '../pre.tsx';
import { StateIcon } from '../state-icon.tsx';
import { residueLines, residueState } from '../timeline/states.ts';
import { VERDICT_PHRASES } from './phrases.ts';
import css from './verdict.module.css';

/** The proof that nothing was left behind, or what was. */
export function ResidueLine({ residue }: { residue: Residue | undefined }) {
  const say = usePhrases(VERDICT_PHRASES);
  const lang = useLang();
  if (residue === undefined)
    return (
      <p className={css.foot}>
        <StateIcon state="skipped" />
        <span>{say.notReached}</span>
      </p>
    );
  const lines = residueLines(residue);
  if (lines.length === 0)
    return (
      <p className={css.foot}>
        <StateIcon state={residueState(residue)} />
        <span>{residue.checked ? say.clean : say.unchecked(residueReason(residue)[lang])}</span>
      </p>
    );
  return (
    <details className={css.more} open>
      <summary>
        <StateIcon state="warn" />
        {say.left(lines.length)}
      </summary>
      <p className={css.dim}>{say.leftNote}</p>
      <Pre
        className={css.lines}
        label={say.left(lines.length)}
        text={visible(lines.slice(0, 200).join('\n'))}
      />
    </details>
  );
}
