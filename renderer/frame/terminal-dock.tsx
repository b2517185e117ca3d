import { lazy, Suspense } from 'react';
import { DEFAULT_SETTINGS } from '../../shared/app-state.ts';
import { usePhrases } from '../lang.ts';
import { Splitter } from '../ui/splitter.tsx';
import { changeTerminal } from './change-settings.ts';
import css from './frame.module.css';
import { FRAME_PHRASES } from './phrases.ts';
import { useApp } from './use-chosen.ts';

// Loads when it is first shown: most of the window's code is its.
const TerminalPane = lazy(async () => ({
  default: (await import('../terminal/terminal-pane.tsx')).TerminalPane,
}));

const LEAST = { right: 240, bottom: 120 };
const USUAL = DEFAULT_SETTINGS.terminal;

/** The terminal, on the right or at the bottom, with the line that resizes it; `most` leaves room for the run. */
export function TerminalDock({ most }: { most: number }) {
  const phrases = usePhrases(FRAME_PHRASES);
  const { dock, width, height } = useApp().settings.terminal;
  const right = dock === 'right';
  const least = LEAST[dock];
  const room = Math.max(least, most);
  const size = Math.min(right ? width : height, room);
  return (
    <>
      <Splitter
        label={phrases.terminalSize}
        orientation={right ? 'vertical' : 'horizontal'}
        grows="against"
        controls="terminal"
        value={size}
        least={least}
        most={room}
        usual={right ? USUAL.width : USUAL.height}
        onChange={(value) => changeTerminal(right ? { width: value } : { height: value }, 'later')}
      />
      <section
        id="terminal"
        aria-label={phrases.terminal}
        className={css.terminal}
        style={right ? { width: size } : { height: size }}
      >
        <Suspense fallback={<p className={css.waiting}>{phrases.loadingTerminal}</p>}>
          <TerminalPane />
        </Suspense>
      </section>
    </>
  );
}
