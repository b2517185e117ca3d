import { useMemo, useState } from 'react';
import { wasShortened } from '../../../shared/shorten.ts';
import { visible } from '../../../shared/visible.ts';
import { call } from '../../api.ts';
import { usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import css from './details.module.css';
import { TIMELINE_PHRASES } from './phrases.ts';
import { pieces } from './pieces.ts';
import type { EventOf } from './rows.ts';

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
  const [all, setAll] = useState<{ stdout: string; stderr: string } | null>();
  const { stdout, stderr } = all ?? answer;
  const isShort =
    (all === undefined || all === null) && (wasShortened(answer.stdout) || wasShortened(answer.stderr));
  const showAll = async () => {
    const whole = await tell(call('commandOutput', { run, command: answer.id }));
    if (whole !== undefined) setAll(whole);
  };
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
          {all === null ? (
            <span className={css.remarks}>{say.gone}</span>
          ) : (
            <>
              <Button size="small" onPress={() => void showAll()}>
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
