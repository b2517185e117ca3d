import { expect, it } from 'vitest';
import { bridges } from '../../electron/probe/bridges.ts';
import { tc } from '../../electron/probe/tc.ts';
import { answer, fixture } from './support.ts';

const ODD = fixture('bookworm-odd/bridges.txt');

it('knows the addresses that a bridge was told where to find, and nobody’s but those', () => {
  const { fixed } = bridges.parse(answer(ODD));
  expect(fixed.filter(({ mac }) => mac === '02:42:ac:12:00:03')).toEqual(
    expect.arrayContaining([{ mac: '02:42:ac:12:00:03', port: 'veth9386b38', bridge: 'br-33d94de59271' }]),
  );
  const healthy = bridges.parse(answer(fixture('bookworm/ip.txt')));
  expect(healthy.fixed.some(({ mac }) => mac.startsWith('02:42:ac'))).toBe(false);
  expect(healthy.vlans).toEqual([]);
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
    { dev: 'veth9386b38', protocol: 'ip', pref: 49152, kind: 'matchall', actions: ['drop'] },
  ]);
});
