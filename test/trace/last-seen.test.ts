import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LastSeen } from '../../electron/trace/last-seen.ts';

describe('LastSeen', () => {
  it('knows the entries that were set last, and at most twice as many as it must', () => {
    const seen = new LastSeen<number>(3);
    for (let i = 0; i < 100; i++) {
      seen.set(`k${i}`, i);
      for (let back = 0; back < Math.min(3, i + 1); back++) expect(seen.get(`k${i - back}`)).toBe(i - back);
      expect(seen.size).toBeLessThanOrEqual(6);
    }
    expect(seen.get('k0')).toBeUndefined();
  });

  it('never gives but what was set last under a key, whatever was asked before', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const step = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key, value: fc.nat() }),
      fc.record({ do: fc.constant('delete' as const), key }),
      fc.record({ do: fc.constant('get' as const), key }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const [seen, all] = [new LastSeen<number>(2), new Map<string, number>()];
        let recent: string[] = [];
        for (const one of steps) {
          if (one.do === 'set') {
            seen.set(one.key, one.value);
            all.set(one.key, one.value);
            recent = [one.key, ...recent].slice(0, 2);
          } else if (one.do === 'delete') {
            seen.delete(one.key);
            all.delete(one.key);
          } else {
            const found = seen.get(one.key);
            if (found !== undefined || recent.includes(one.key)) expect(found).toBe(all.get(one.key));
          }
        }
      }),
    );
  });
});
