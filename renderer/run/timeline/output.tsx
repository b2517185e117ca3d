import { useMemo, useState } from 'react';
import type { EventOf } from '../../../shared/run.ts';
import { visible } from '../../../shared/visible.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useWhole } from '../use-whole.ts';
import css from './details.module.css';
import { TIMELINE_PHRASES } from './phrases.ts';
import { pieces } from './pieces.ts';

/** Characters that are shown even when all is asked for. */
const MOST = 4_000_000;

function Text({ text, label }: { text: string; label: string }) {
  const parts = useMemo(() => pieces(text.slice(0, MOST)), [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
    <section className={css.output} tabIndex={0} aria-label={label}>
      {parts.map((part, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces keep their places
        <pre key={n}>{visible(part)}</pre>
      ))}
    </section>
  );
}

/** What a command printed: the beginning, and all of it when asked for. */
export function Output({ answer, run }: { answer: EventOf<'answer'>; run: string }) {
  const say = usePhrases(TIMELINE_PHRASES);
  const [wanted, setWanted] = useState(false);
  const { state, part } = useWhole(run, answer, wanted);
  const { stdout, stderr } = part;
  const isShort = state !== 'whole';
  if (stdout === '' && stderr === '') return <p className={css.remarks}>{say.noOutput}</p>;
  return (
    <>
      {stdout !== '' && (
        <div className={css.printed}>
          <Text text={stdout} label={say.output} />
          {!isShort && <CopyButton label={say.copyOutput} text={stdout} />}
        </div>
      )}
      {stderr !== '' && (
        <>
          <p className={css.remarks}>{say.errors}</p>
          <Text text={stderr} label={say.errors} />
        </>
      )}
      {Math.max(stdout.length, stderr.length) > MOST && <p className={css.remarks}>{say.tooLong}</p>}
      {isShort && (
        <div className={css.actions}>
          {state === 'gone' ? (
            <span className={css.remarks}>{say.gone}</span>
          ) : (
            <>
              <Button size="small" onPress={() => setWanted(true)}>
                {say.showAll}
              </Button>
              <span className={css.remarks}>{say.beginning}</span>
            </>
          )}
        </div>
      )}
    </>
  );
}
