import { describe, expect, it } from 'vitest';
import { age } from '../../../renderer/frame/ages.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const MINUTE = 60_000;
const ago = (ms: number) => new Date(NOW - ms).toISOString();

describe('the age of a run', () => {
  it.each([
    [0, 'now', '刚刚'],
    [MINUTE - 1, 'now', '刚刚'],
    [MINUTE, '1 min', '1 分钟'],
    [59 * MINUTE, '59 min', '59 分钟'],
    [60 * MINUTE, '1 h', '1 小时'],
    [24 * 60 * MINUTE - 1, '23 h', '23 小时'],
    [3 * 24 * 60 * MINUTE, 'Sat', '周六'],
  ])('%i ms ago is “%s”', (ms, en, zh) => {
    expect(age(ago(ms), NOW, 'en')).toBe(en);
    expect(age(ago(ms), NOW, 'zh-CN')).toBe(zh);
  });

  it('names the day when weekdays would be ambiguous, and only the year before that', () => {
    expect(age('2026-11-18T10:00:00Z', NOW, 'en')).toBe('Nov 18');
    expect(age('2026-11-18T10:00:00Z', NOW, 'zh-CN')).toBe('11月18日');
    expect(age('2025-06-18T10:00:00Z', NOW, 'en')).toBe('2025');
  });

  it('is “now” for a clock that runs ahead', () => {
    expect(age(ago(-5 * MINUTE), NOW, 'en')).toBe('now');
  });

  it('says nothing of what is no time', () => {
    expect(age('yesterday', NOW, 'en')).toBe('');
  });
});
