import type { Text } from './text.ts';
import type { Trouble, TroubleCode, TroubleFacts } from './trouble.ts';
import { CONNECT_SAYINGS } from './trouble-text/connect.ts';
import { DISCOVER_SAYINGS } from './trouble-text/discover.ts';
import { FILE_SAYINGS } from './trouble-text/files.ts';
import type { Sayings, Sentences } from './trouble-text/sayings.ts';

/** The sentences of every code: one that is forgotten does not compile. */
const SAYINGS: Sayings<TroubleCode> = { ...FILE_SAYINGS, ...DISCOVER_SAYINGS, ...CONNECT_SAYINGS };

/** The sentences for a failure: what happened, what it means, what to do next. */
export function troubleSentences<C extends TroubleCode>({ code, facts }: Trouble<C>): Sentences {
  const say: (facts: TroubleFacts[C]) => Sentences = SAYINGS[code];
  return say(facts);
}

/** The same as one text. */
export function troubleText(trouble: Trouble): Text {
  const { what, meaning, next } = troubleSentences(trouble);
  return {
    en: `${what.en} ${meaning.en} ${next.en}`,
    'zh-CN': `${what['zh-CN']}${meaning['zh-CN']}${next['zh-CN']}`,
  };
}
