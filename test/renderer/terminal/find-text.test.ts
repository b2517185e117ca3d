import { describe, expect, it } from 'vitest';
import { hitsIn, nextHit } from '../../../renderer/terminal/find-text.ts';

describe('words in a text', () => {
  it('are found whatever their case, one after the other', () => {
    expect(hitsIn('Docker docker DOCKER', 'docker')).toEqual([0, 7, 14]);
    expect(hitsIn('aaaa', 'aa')).toEqual([0, 2]);
    expect(hitsIn('容器无法访问', '无法')).toEqual([2]);
  });

  it('are taken as they are, not as a pattern', () => {
    expect(hitsIn('a.b acb (x', '.')).toEqual([1]);
    expect(hitsIn('a.b acb (x', '(')).toEqual([8]);
  });

  it('are never placed wrongly by letters that grow in lower case', () => {
    const text = 'İİİ docker';
    expect(hitsIn(text, 'docker').map((at) => text.slice(at, at + 6))).toEqual(['docker']);
  });

  it('are not looked for endlessly', () => {
    expect(hitsIn('a'.repeat(10_000), 'a', 10)).toHaveLength(10);
    expect(hitsIn('abc', '')).toEqual([]);
  });
});

describe('the next hit', () => {
  it('comes round at both ends, and stays while the words are typed', () => {
    expect(nextHit(2, 3, 'next')).toBe(0);
    expect(nextHit(0, 3, 'previous')).toBe(2);
    expect(nextHit(1, 3, 'here')).toBe(1);
    expect(nextHit(7, 3, 'here')).toBe(2);
    expect(nextHit(-1, 3, 'here')).toBe(0);
    expect(nextHit(0, 0, 'next')).toBe(-1);
  });
});
