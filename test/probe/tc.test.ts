import { expect, it } from 'vitest';
import { tc } from '../../electron/probe/tc.ts';
import { answer, fixture } from './support.ts';

it('finds nothing odd on a healthy guest', () => {
  const got = tc.parse(answer(fixture('bookworm/ip.txt')));
  expect(got.qdiscs).toContainEqual(expect.objectContaining({ dev: 'ens3', kind: 'fq_codel', root: true }));
  expect(tc.summary(got).en).toBe('ordinary queues only');
});

it('says that tc is missing', () => {
  expect(() => tc.parse(answer('@@ip\n[]\n'))).toThrow(/tool-missing/);
});
