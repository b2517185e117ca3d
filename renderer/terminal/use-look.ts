import { useMemo, useSyncExternalStore } from 'react';
import { useApp } from '../frame/use-chosen.ts';
import type { Look } from './screen.ts';

const DARK = '(prefers-color-scheme: dark)';

function followSystem(changed: () => void): () => void {
  const media = matchMedia(DARK);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** How shells look now: by settings, and by the system where these leave it to the system. */
export function useLook(): Look {
  const { theme, terminal } = useApp().settings;
  const systemIsDark = useSyncExternalStore(followSystem, () => matchMedia(DARK).matches);
  const scheme = theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme;
  const { fontSize, screenReader } = terminal;
  return useMemo(() => ({ scheme, fontSize, screenReader }), [scheme, fontSize, screenReader]);
}
