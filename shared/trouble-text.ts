import type { Text } from './text.ts';
import type { Trouble, TroubleCode, TroubleFacts } from './trouble.ts';
import { CONNECT_SAYINGS } from './trouble-text/connect.ts';
import { DISCOVER_SAYINGS } from './trouble-text/discover.ts';
import { FILE_SAYINGS } from './trouble-text/files.ts';
import { REMEDY_SAYINGS } from './trouble-text/remedy.ts';
import type { Sayings, Sentences } from './trouble-text/sayings.ts';
import { SSH_CONFIG_SAYINGS } from './trouble-text/ssh-config.ts';
import { WINDOW_SAYINGS } from './trouble-text/window.ts';

/** The sentences of every code: one that is forgotten does not compile. */
const SAYINGS: Sayings<TroubleCode> = {
  ...FILE_SAYINGS,
  ...DISCOVER_SAYINGS,
  ...CONNECT_SAYINGS,
  ...SSH_CONFIG_SAYINGS,
  ...WINDOW_SAYINGS,
  ...REMEDY_SAYINGS,
};

/** Where a person reads it: advice names what there is to type, or to press. */
export type Surface = 'command-line' | 'window';

/** The sentences for a failure: what happened, what it means, what to do next. */
export function troubleSentences<C extends TroubleCode>(
  { code, facts }: Trouble<C>,
  surface: Surface = 'command-line',
): Sentences {
  const say: (facts: TroubleFacts[C]) => Sentences = SAYINGS[code];
  const sentences = say(facts);
  return surface === 'window' ? { ...sentences, ...sentences.inWindow } : sentences;
}

/** The same as one text. */
export function troubleText(trouble: Trouble, surface: Surface = 'command-line'): Text {
  const { what, meaning, next } = troubleSentences(trouble, surface);
  return {
    en: `${what.en} ${meaning.en} ${next.en}`,
    'zh-CN': `${what['zh-CN']}${meaning['zh-CN']}${next['zh-CN']}`,
  };
}
