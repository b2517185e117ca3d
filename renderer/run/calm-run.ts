import { useEffect, useState } from 'react';
import { useStore, type WatchedRun } from '../store.ts';

/** Nobody reads faster than that. Milliseconds. */
const LIVE_MS = 100;
const LOADING_MS = 400;

/** The watched run, not more often than it can be read: big lists are laid out anew each time. */
export function useCalmRun(): WatchedRun | undefined {
  const [shown, setShown] = useState(() => useStore.getState().watched);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      clearTimeout(timer);
      timer = undefined;
      setShown(useStore.getState().watched);
    };
    const stop = useStore.subscribe(({ watched }, before) => {
      if (watched === before.watched) return;
      const isOther = watched?.id !== before.watched?.id;
      const isWhole = watched?.caughtUp !== before.watched?.caughtUp;
      const isOver = watched?.run.ended !== before.watched?.run.ended && watched?.caughtUp === true;
      const isKnown = watched?.outcome !== before.watched?.outcome;
      if (isOther || isWhole || isOver || isKnown) show();
      else timer ??= setTimeout(show, watched?.caughtUp === true ? LIVE_MS : LOADING_MS);
    });
    show();
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return shown;
}
