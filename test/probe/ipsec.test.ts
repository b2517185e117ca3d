import { expect, it } from 'vitest';
import { ipsec, parseIpsecPolicies } from '../../electron/probe/ipsec.ts';
import { answer, fixture } from './support.ts';

const read = (version: string) => parseIpsecPolicies(fixture(`ipsec/iproute2-${version}.txt`).split('\n'));

const BLOCK = {
  src: '172.18.0.0/16',
  dst: '0.0.0.0/0',
  more: '',
  dir: 'fwd',
  action: 'block',
  priority: 10,
  templates: [],
};
const TUNNEL = {
  src: '172.17.0.0/16',
  dst: '10.9.0.0/16',
  more: 'proto tcp dport 443',
  dir: 'out',
  action: 'allow',
  priority: 2000,
  templates: ['src 10.0.2.15 dst 198.51.100.7'],
};

it.each(['5.9', '6.1', '6.15'])('reads what ip of iproute2 %s prints', (version) => {
  const all = read(version);
  expect(all).toEqual(expect.arrayContaining([BLOCK, TUNNEL]));
  expect(all).toHaveLength(version === '5.9' ? 4 : 2);
});

it('keeps what has no template apart from what wants a tunnel', () => {
  expect(read('5.9').find(({ src }) => src === '192.0.2.0/24')).toMatchObject({
    dir: 'fwd',
    action: 'allow',
    templates: [],
  });
});

it('leaves out what is one socket’s own, and has none where the kernel has none', () => {
  expect(read('6.1-sockets')).toEqual([]);
  expect(ipsec.parse(answer('@@ip\n[]\n@@xfrm\n@@fdb\n[]\n'))).toEqual([]);
});

it('takes nothing that could be more than a word of ip’s for a policy', () => {
  const hostile = fixture('ipsec/iproute2-6.1.txt').replace('src 172.18.0.0/16', 'src 172.18.0.0/16;reboot');
  expect(parseIpsecPolicies(hostile.split('\n'))).toEqual([TUNNEL]);
});
