import { useEffect, useLayoutEffect, useRef } from 'react';
import { visibleLine } from '../../shared/visible.ts';
import { cut } from '../../shared/width.ts';
import { useApp } from '../frame/use-chosen.ts';
import { usePhrases } from '../lang.ts';
import { keysText } from '../ui/keys.ts';
import { AskBar } from './ask-bar.tsx';
import { FindBar } from './find-bar.tsx';
import { note, useFindable, usePane } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import type { Look, Screen } from './screen.ts';
import css from './shell.module.css';
import type { Place } from './shells.ts';
import { openLink } from './window-shells.ts';

/** How long a bell shows. Milliseconds. */
const BELL_MS = 180;
/** Columns of a link's address that are shown while the pointer is on it. */
const MOST_LINK = 200;

interface ShellScreenProps {
  place: Place;
  screen: Screen;
  look: Look;
  /** What screen readers call it. */
  label: string;
}

/** A shell's screen, with what lies over it: find bar, question, where a link leads. */
export function ShellScreen({ place, screen, look, label }: ShellScreenProps) {
  const say = usePhrases(TERMINAL_PHRASES);
  const { platform } = useApp();
  const finding = useFindable();
  const { ask, link } = usePane((pane) => pane.notes[place]) ?? {};
  const ringing = useBell(place);
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (holder.current ? screen.mount(holder.current) : undefined), [screen]);
  useEffect(() => screen.dress(look), [screen, look]);
  useEffect(() => screen.label(label, say.tooMuchOutput), [screen, label, say]);

  const answer = (yes: boolean) => {
    note(place, { ask: undefined });
    if (yes && ask?.kind === 'paste') screen.paste(ask.text);
    if (yes && ask?.kind === 'link') openLink(ask.url);
    screen.focus();
  };
  const click = `${keysText('CmdOrCtrl+', platform)}click`;
  return (
    <div className={css.screen} data-ringing={ringing || undefined}>
      {finding && (
        <FindBar
          finder={screen}
          onClose={() => {
            usePane.setState({ finding: 0 });
            screen.focus();
          }}
        />
      )}
      <div ref={holder} className={css.holder} />
      {link !== undefined && (
        <p className={css.link} aria-hidden>
          {say.linkHint(click, cut(visibleLine(link), MOST_LINK))}
        </p>
      )}
      {ask !== undefined && <AskBar ask={ask} onAnswer={answer} />}
    </div>
  );
}

/** True for a moment after each bell, and after those that rang while the screen was out of sight. */
function useBell(place: Place): boolean {
  const { bells = 0, heard = 0 } = usePane((pane) => pane.notes[place]) ?? {};
  useEffect(() => {
    if (bells === heard) return;
    const timer = setTimeout(() => note(place, { heard: bells }), BELL_MS);
    return () => clearTimeout(timer);
  }, [place, bells, heard]);
  return bells !== heard;
}
