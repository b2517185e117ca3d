import ArrowDown from 'lucide-react/icons/arrow-down';
import ScrollText from 'lucide-react/icons/scroll-text';
import { type CSSProperties, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useApp, useChosen } from '../frame/use-chosen.ts';
import { usePhrases } from '../lang.ts';
import { useStore, type WatchedRun } from '../store.ts';
import { cx } from '../ui/cx.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FindBar } from './find-bar.tsx';
import { LogBlock } from './log-block.tsx';
import { LogFinder } from './log-finder.ts';
import { useFindable, usePane } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import css from './run-log.module.css';
import { MOST_COMMANDS, shownCommands } from './run-log.ts';

/** So near to the end counts as at the end. Pixels. */
const NEAR = 24;

/** What was run in the guest, command by command, live. */
export function RunLog() {
  const say = usePhrases(TERMINAL_PHRASES);
  const { run } = useChosen();
  const watched = useStore((store) => store.watched);
  if (run === undefined || watched?.id !== run.id) {
    return (
      <EmptyState icon={<ScrollText size={26} aria-hidden />} title={say.noRunTitle}>
        <p>{say.noRun}</p>
      </EmptyState>
    );
  }
  const live = run.state === 'running';
  if (watched.run.commands.length === 0) {
    if (!watched.caughtUp) return null;
    return (
      <p className={css.empty} role="status">
        {watched.run.started?.machine.kind === 'log'
          ? say.readFromFile
          : live
            ? say.nothingYet
            : say.noCommands}
      </p>
    );
  }
  return <Commands key={run.id} watched={watched} live={live} />;
}

/** Where each run's log was left. */
const places = new Map<string, { top: number; following: boolean }>();

function Commands({ watched, live }: { watched: WatchedRun; live: boolean }) {
  const say = usePhrases(TERMINAL_PHRASES);
  const { fontSize } = useApp().settings.terminal;
  const finding = useFindable();
  const focus = usePane((pane) => pane.focus) === 'log';
  const scroller = useRef<HTMLDivElement>(null);
  const [finder] = useState(() => new LogFinder(() => scroller.current));
  const place = places.get(watched.id);
  // A run of the past is read from its beginning; one that was followed is followed to its end.
  const [following, setFollowing] = useState(place?.following ?? live);
  const commands = useSettled(watched);
  const { shown, before } = useMemo(() => shownCommands(commands), [commands]);

  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = places.get(watched.id)?.top ?? 0;
  }, [watched.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added is to be seen
  useLayoutEffect(() => {
    if (following && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [following, shown]);
  useEffect(() => {
    if (!focus) return;
    usePane.setState({ focus: undefined });
    scroller.current?.focus();
  }, [focus]);

  const scrolled = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => {
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    setFollowing(atEnd && (live || following));
    places.set(watched.id, { top: scrollTop, following: atEnd && live });
  };
  const style: CSSProperties & Record<'--size', string> = { '--size': `${fontSize}px` };
  return (
    <>
      {finding && (
        <FindBar
          finder={finder}
          onClose={() => {
            usePane.setState({ finding: 0 });
            scroller.current?.focus();
          }}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: the pane around it is the section */}
      <div
        ref={scroller}
        role="region"
        aria-label={say.logLabel}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
        tabIndex={0}
        className={cx(css.scroller, finding && css.finding)}
        style={style}
        onScroll={({ currentTarget }) => scrolled(currentTarget)}
      >
        {before > 0 && <p className={css.before}>{say.before(before)}</p>}
        <ol>
          {shown.map((command) => (
            <LogBlock key={command.id} command={command} all={finding} />
          ))}
        </ol>
      </div>
      {live && !following && (
        <button type="button" className={css.latest} onClick={() => setFollowing(true)}>
          <ArrowDown size={13} aria-hidden />
          {say.latest}
        </button>
      )}
    </>
  );
}

/** The commands to show. While a long stored run is coming, what is there first is enough to look at. */
function useSettled({ run, caughtUp }: WatchedRun): WatchedRun['run']['commands'] {
  const last = useRef(run.commands);
  if (caughtUp || run.commands.length <= MOST_COMMANDS) last.current = run.commands;
  return last.current;
}
