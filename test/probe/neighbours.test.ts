import { expect, it } from 'vitest';
import { neighbours, parseNeighbours } from '../../electron/probe/neighbours.ts';
import { answer, fixture } from './support.ts';

it('reads the neighbour table', () => {
  const all = neighbours.parse(answer(fixture('bookworm/ip.txt')));
  expect(all).toContainEqual(
    expect.objectContaining({
      address: '10.0.2.2',
      dev: 'ens3',
      mac: expect.stringMatching(/^[0-9a-f:]{17}$/),
    }),
  );
});

it('tells an entry set by hand from one without an answer', () => {
  const all = parseNeighbours([
    { dst: '172.18.0.2', dev: 'br-x', lladdr: '02:00:00:00:00:99', state: ['PERMANENT'] },
    { dst: '172.18.0.9', dev: 'br-x', state: ['FAILED'] },
  ]);
  expect(all.map((n) => [n.mac, n.state])).toEqual([
    ['02:00:00:00:00:99', 'PERMANENT'],
    [null, 'FAILED'],
  ]);
  expect(neighbours.summary(all).en).toBe('2 neighbours, 1 without an answer, 1 set by hand');
});
