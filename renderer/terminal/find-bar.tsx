import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useApp } from '../frame/use-chosen.ts';
import { usePhrases } from '../lang.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { keysText } from '../ui/keys.ts';
import css from './find-bar.module.css';
import type { Finder, FindResult } from './finder.ts';
import { paneKey } from './keys.ts';
import { usePane } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';

/** Finds words in a terminal: the next with Enter, the one before with ⇧Enter; Esc closes it. */
export function FindBar({ finder, onClose }: { finder: Finder; onClose(): void }) {
  const say = usePhrases(TERMINAL_PHRASES);
  const { platform } = useApp();
  const finding = usePane((pane) => pane.finding);
  const [query, setQuery] = useState('');
  const [result, setResult] = useState<FindResult>({ index: -1, count: 0 });
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, it takes the keyboard again
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [finding]);
  useEffect(() => {
    const end = finder.onResult(setResult);
    return () => {
      end();
      finder.clearFound();
    };
  }, [finder]);

  const type = (text: string) => {
    setQuery(text);
    if (text === '') setResult({ index: -1, count: 0 });
    finder.find(text, 'here');
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') finder.find(query, event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // the keyboard may be in the shell: ⌘G works there too
  useEffect(() => {
    const pane = field.current?.closest<HTMLElement>('[data-pane]');
    const hear = (event: globalThis.KeyboardEvent) => {
      const key = paneKey(event, platform);
      if (key !== 'next' && key !== 'previous') return;
      event.preventDefault();
      finder.find(query, key);
    };
    pane?.addEventListener('keydown', hear);
    return () => pane?.removeEventListener('keydown', hear);
  }, [finder, query, platform]);

  const mac = platform === 'darwin';
  return (
    <search className={css.bar}>
      <input
        ref={field}
        className={css.field}
        type="text"
        value={query}
        aria-label={say.findLabel}
        placeholder={say.find}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
      />
      <span className={css.count} role="status">
        {query !== '' && countText(result, say)}
      </span>
      <IconButton
        size="small"
        label={say.previous}
        shortcut={keysText(mac ? 'Cmd+Shift+G' : 'Shift+F3', platform)}
        isDisabled={result.count === 0}
        onPress={() => finder.find(query, 'previous')}
      >
        <ChevronUp size={15} aria-hidden />
      </IconButton>
      <IconButton
        size="small"
        label={say.next}
        shortcut={keysText(mac ? 'Cmd+G' : 'F3', platform)}
        isDisabled={result.count === 0}
        onPress={() => finder.find(query, 'next')}
      >
        <ChevronDown size={15} aria-hidden />
      </IconButton>
      <IconButton size="small" label={say.closeFind} onPress={onClose}>
        <X size={15} aria-hidden />
      </IconButton>
    </search>
  );
}

function countText({ index, count }: FindResult, say: (typeof TERMINAL_PHRASES)['en']): string {
  if (count === 0) return say.noHits;
  return index < 0 ? say.hits(count) : say.hit(index + 1, count);
}
