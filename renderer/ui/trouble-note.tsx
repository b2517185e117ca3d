import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import type { TroubleView } from '../../shared/app-state.ts';
import { visible } from '../../shared/visible.ts';
import { usePhrases, useText } from '../lang.ts';
import { CopyButton } from './copy-button.tsx';
import { UI_PHRASES } from './phrases.ts';
import css from './trouble-note.module.css';

/** An expected failure: what happened, what it means, what to do, and a code that can be searched for. */
export function TroubleNote({ trouble, actions }: { trouble: TroubleView; actions?: ReactNode }) {
  const phrases = usePhrases(UI_PHRASES);
  const text = useText();
  const what = visible(text(trouble.what));
  const meaning = visible(text(trouble.meaning));
  const next = visible(text(trouble.next));
  return (
    <div className={css.note}>
      <TriangleAlert className={css.icon} size={18} aria-hidden />
      <div className={css.body}>
        <p className={css.what}>{what}</p>
        <p>{meaning}</p>
        <p>
          <b>{phrases.next}</b>
          <span className={css.gap} />
          {next}
        </p>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
        <p className={css.code}>
          <code>{trouble.code}</code>
          <CopyButton label={phrases.copyDetails} text={`${trouble.code}\n${what}\n${meaning}\n${next}`} />
        </p>
      </div>
    </div>
  );
}
