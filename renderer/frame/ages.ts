import type { Lang } from '../../shared/text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface AgePhrases {
  now: string;
  minutes: (count: number) => string;
  hours: (count: number) => string;
}

const AGE_PHRASES: Record<Lang, AgePhrases> = {
  en: { now: 'now', minutes: (count) => `${count} min`, hours: (count) => `${count} h` },
  'zh-CN': { now: '刚刚', minutes: (count) => `${count} 分钟`, hours: (count) => `${count} 小时` },
};

/** How long ago, as short as a list needs it: `5 min`, `2 h`, `Fri`, `12 Nov`, `2024`. Empty for what is no time. */
export function age(iso: string, now: number, lang: Lang): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return '';
  const passed = now - then;
  const phrases = AGE_PHRASES[lang];
  if (passed < MINUTE) return phrases.now;
  if (passed < HOUR) return phrases.minutes(Math.floor(passed / MINUTE));
  if (passed < DAY) return phrases.hours(Math.floor(passed / HOUR));
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(lang, options).format(then);
  if (passed < 6 * DAY) return format({ weekday: 'short' });
  if (new Date(then).getFullYear() === new Date(now).getFullYear()) {
    return format({ day: 'numeric', month: 'short' });
  }
  return format({ year: 'numeric' });
}

/** Date and time in full, for those who want to know exactly. */
export function moment(iso: string, lang: Lang): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return '';
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(then);
}
