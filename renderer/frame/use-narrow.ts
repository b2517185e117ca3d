import { useSyncExternalStore } from 'react';

/** Below that width the sidebar lies over the window instead of beside it. */
const query = '(max-width: 999px)';

export function isNarrow(): boolean {
  return matchMedia(query).matches;
}

export function useNarrow(): boolean {
  return useSyncExternalStore((changed) => {
    const media = matchMedia(query);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, isNarrow);
}

/** The window's inner size, as it changes. */
export function useWindowSize(): { width: number; height: number } {
  const size = useSyncExternalStore(
    (changed) => {
      window.addEventListener('resize', changed);
      return () => window.removeEventListener('resize', changed);
    },
    () => `${innerWidth}x${innerHeight}`,
  );
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
}
