import { expect, it } from 'vitest';
import { bridges } from '../../electron/probe/bridges.ts';
import { tc } from '../../electron/probe/tc.ts';
import { answer, fixture } from './support.ts';

const ODD = fixture('bookworm-odd/bridges.txt');

it('knows the addresses that a bridge was told where to find, and nobody’s but those', () => {
  const { fixed } = bridges.parse(answer(ODD));
  expect(fixed.filter(({ mac }) => mac === '02:42:ac:12:00:03')).toEqual(
    expect.arrayContaining([
      { mac: '02:42:ac:12:00:03', port: 'veth9386b38', bridge: 'br-33d94de59271', as: 'static' },
    ]),
  );
  const healthy = bridges.parse(answer(fixture('bookworm/ip.txt')));
  expect(healthy.fixed.some(({ mac }) => mac.startsWith('02:42:ac'))).toBe(false);
  expect(healthy.vlans).toEqual([]);
});

it('keeps what a bridge found out by itself apart', () => {
  const learnt =
    '{"mac":"02:42:ac:11:00:02","ifname":"veth3062211","flags":[],"master":"docker0","state":""}';
  const own =
    '{"mac":"2e:b6:33:9a:92:d8","ifname":"veth3062211","flags":[],"master":"docker0","state":"permanent"}';
  expect(bridges.parse(answer(`@@ip\n[]\n@@fdb\n[${learnt},${own}]\n`))).toMatchObject({
    learnt: [{ mac: '02:42:ac:11:00:02', port: 'veth3062211', bridge: 'docker0' }],
    fixed: [{ mac: '2e:b6:33:9a:92:d8' }],
  });
});

it('knows a port that throws untagged packets away', () => {
  const { vlans } = bridges.parse(answer(ODD));
  expect(vlans.find(({ port }) => port === 'veth9386b38')?.untagged ?? null).toBeNull();
  expect(vlans.find(({ port }) => port === 'docker0')?.untagged).toBe(1);
});

it('says that it was not asked, and what can’t be read', () => {
  expect(() => bridges.parse(answer('@@ip\n[]\n'))).toThrow(/tool-missing/);
  expect(() => bridges.parse(answer('@@ip\n[]\n@@fdb\n[{"mac"\n'))).toThrow(/unreadable/);
});

it('tells filters where packets leave from those where they come in', () => {
  const { ingress, egress } = tc.parse(answer(ODD));
  expect(ingress).toEqual([]);
  expect(egress).toEqual([
    {
      dev: 'veth9386b38',
      protocol: 'ip',
      pref: 49152,
      kind: 'matchall',
      match: { by: 'all' },
      actions: ['drop'],
      does: [{ kind: 'other', name: 'gact' }],
    },
  ]);
});
