import { type ReactNode, useEffect, useId, useRef } from 'react';
import { visible, visibleLine } from '../../shared/visible.ts';
import { cut } from '../../shared/width.ts';
import { usePhrases } from '../lang.ts';
import { Button } from '../ui/button.tsx';
import css from './ask-bar.module.css';
import type { Ask } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';

/** Columns of a link's text that are shown. */
const MOST_TEXT = 60;

interface AskBarProps {
  ask: Ask;
  /** The person's answer. */
  onAnswer(yes: boolean): void;
}

/** Asks before a shell gets several lines, or before a link is followed that is not what it seems. */
export function AskBar({ ask, onAnswer }: AskBarProps) {
  const say = usePhrases(TERMINAL_PHRASES);
  if (ask.kind === 'link') {
    return (
      <Bar title={say.linkTitle} yes={say.openLink} onAnswer={onAnswer}>
        <p>
          {ask.text === undefined ? say.linkOdd : say.linkOther(cut(visibleLine(ask.text.trim()), MOST_TEXT))}
        </p>
        <pre>{visible(ask.url)}</pre>
      </Bar>
    );
  }
  return (
    <Bar
      title={ask.lines === 1 ? say.pasteOne : say.pasteTitle(ask.lines)}
      yes={say.paste}
      onAnswer={onAnswer}
    >
      <pre>{visible(ask.preview)}</pre>
      {ask.more > 0 && <p>{say.pasteMore(ask.more)}</p>}
      <p>
        {say.pasteRuns}
        {ask.dropped > 0 && ` ${say.pasteDropped(ask.dropped)}`}
      </p>
    </Bar>
  );
}

interface BarProps extends Pick<AskBarProps, 'onAnswer'> {
  title: string;
  yes: string;
  children: ReactNode;
}

function Bar({ title, yes, children, onAnswer }: BarProps) {
  const say = usePhrases(TERMINAL_PHRASES);
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => bar.current?.querySelector<HTMLElement>('[data-yes] button')?.focus(), []);
  return (
    <div
      ref={bar}
      role="alertdialog"
      aria-labelledby={id}
      className={css.bar}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onAnswer(false);
      }}
    >
      <p id={id} className={css.title}>
        {title}
      </p>
      {children}
      <div className={css.actions}>
        <Button size="small" onPress={() => onAnswer(false)}>
          {say.cancel}
        </Button>
        <span data-yes>
          <Button size="small" look="primary" onPress={() => onAnswer(true)}>
            {yes}
          </Button>
        </span>
      </div>
    </div>
  );
}
