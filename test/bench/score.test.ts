import { expect, it } from 'vitest';
import { faultNames } from '../lab/faults.ts';
import { EVERY_FAULT, HEALTHY } from '../lab-cases/cases.ts';
import { score } from './score.ts';

const cause = (id: string, says: string) => ({
  id,
  title: '',
  says,
  grade: 'inferred' as const,
  evidence: [],
  fixes: [],
  explains: [],
});
const wanted = { cause: 'ip-forward-off', terms: ['ip_forward'] };
const right = cause('ip-forward-off', 'net.ipv4.IP_FORWARD = 0');
const other = cause('tc-imitates-bad-network', 'netem');
const problem = { verdict: 'problem' as const, troubles: [] };

it('is right only where the cause heads the list and says what it must', () => {
  expect(score({ ...problem, causes: [right, other] }, wanted)).toBe('right');
  expect(score({ ...problem, causes: [other, right] }, wanted)).toBe('not first');
  expect(score({ ...problem, causes: [cause('ip-forward-off', 'something')] }, wanted)).toBe('wrong');
  expect(score({ ...problem, causes: [cause('netfilter-drop', 'ip_forward')] }, wanted)).toBe(
    'only the place',
  );
  expect(score({ ...problem, causes: [] }, wanted)).toBe('silent');
});

it('takes a trouble for the answer where nothing could be asked', () => {
  const trouble = { code: 'unreachable', says: 'the cable' };
  const answer = { verdict: 'cannot-tell' as const, causes: [], troubles: [trouble] };
  expect(score(answer, { cause: 'unreachable', terms: ['cable'] })).toBe('right');
});

it('takes any cause, and any verdict but healthy, for an accusation of a healthy machine', () => {
  const healthy = { terms: ['healthy'] };
  expect(score({ verdict: 'healthy', causes: [], troubles: [] }, healthy)).toBe('right');
  expect(score({ ...problem, causes: [other] }, healthy)).toBe('accused the healthy');
  expect(score({ verdict: 'cannot-tell', causes: [], troubles: [] }, healthy)).toBe('accused the healthy');
});

it('every fault of the folder is benched once', () => {
  expect([...EVERY_FAULT.map(({ fault }) => fault), ...HEALTHY].sort()).toEqual(faultNames());
});
