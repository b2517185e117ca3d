import type { Lang, Text } from '../shared/text.ts';
import { useStore } from './store.ts';

/** The language of the window. */
export function useLang(): Lang {
  return useStore(({ app }) => app?.lang ?? 'en');
}

/** A folder's sentences in the window's language: `usePhrases(RUN_PHRASES).title`. */
export function usePhrases<P>(phrases: Record<Lang, P>): P {
  return phrases[useLang()];
}

/** Picks a `Text`'s sentence in the window's language. */
export function useText(): (text: Text) => string {
  const lang = useLang();
  return (text) => text[lang];
}
