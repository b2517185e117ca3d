import type { Settings } from '../../shared/app-state.ts';
import type { Lang } from '../../shared/text.ts';

/** The language in force: the one that was set, or the first of the system's that Culprit speaks. */
export function langInForce(set: Settings['lang'], system: readonly string[]): Lang {
  if (set !== 'system') return set;
  for (const tag of system) {
    const [language] = tag.toLowerCase().split(/[-_]/);
    if (language === 'zh') return 'zh-CN';
    if (language === 'en') return 'en';
  }
  return 'en';
}
