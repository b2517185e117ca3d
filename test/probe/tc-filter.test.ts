import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deleteFilter, filterText } from '../../electron/diagnose/tc-filter.ts';
import { harmOf } from '../../electron/diagnose/tc-harm.ts';
import { deciding, takes } from '../../electron/diagnose/tc-match.ts';
import type { Interface } from '../../electron/probe/interfaces.ts';
import { readFilters } from '../../electron/probe/lib/tc-filter.ts';
import { same } from '../../shared/text.ts';

const head = (pref: number, kind: string) => `{"protocol":"ip","pref":${pref},"kind":"${kind}","chain":0},`;
const CONTROL = '"index":1,"ref":1,"bind":1';
/** As iproute2 6.1 prints them. */
const REDIRECT = `[${head(10, 'matchall')}{"protocol":"ip","pref":10,"kind":"matchall","chain":0,"options":{"handle":1,"not_in_hw":true,"actions":[{"order":1,"kind":"mirred","mirred_action":"redirect","direction":"egress","to_dev":"sink9","control_action":{"type":"stolen"},${CONTROL}}]}}]`;
const MIRROR = REDIRECT.replace('redirect', 'mirror').replace('stolen', 'pipe');
const TTL = `[${head(11, 'u32')}{"protocol":"ip","pref":11,"kind":"u32","chain":0,"options":{"fh":"800:","ht_divisor":1}},{"protocol":"ip","pref":11,"kind":"u32","chain":0,"options":{"fh":"800::800","order":2048,"key_ht":"800","bkt":"0","not_in_hw":true,"match":{"value":"60000","mask":"ff0000","offmask":"","off":8},"actions":[{"order":1,"kind":"pedit","control_action":{"type":"pass"},"nkeys":1,${CONTROL},"keys":[{"htype":"ipv4","offset":8,"cmd":"set","val":"1000000","mask":"ffffff"}]}]}}]`;
const PORT = `[${head(12, 'flower')}{"protocol":"ip","pref":12,"kind":"flower","chain":0,"options":{"handle":1,"keys":{"eth_type":"ipv4","ip_proto":"tcp","dst_port":80},"not_in_hw":true,"actions":[{"order":1,"kind":"pedit","control_action":{"type":"pipe"},"nkeys":1,"index":2,"ref":1,"bind":1,"keys":[{"htype":"tcp","offset":0,"cmd":"set","val":"51","mask":"ffff0000"}]},{"order":2,"kind":"csum","csum":"iph, tcp","control_action":{"type":"pass"},${CONTROL}}]}}]`;
const NAT = `[{"protocol":"ip","pref":13,"kind":"flower","chain":0,"options":{"handle":1,"keys":{"eth_type":"ipv4","dst_ip":"1.1.1.1"},"not_in_hw":true,"actions":[{"order":1,"type":"nat","direction":"ingress","old_addr":"1.1.1.1/32","new_addr":"10.9.9.9","control_action":{"type":"pass"},${CONTROL}}]}}]`;
const TWO_MATCHES = `[{"protocol":"ip","pref":15,"kind":"u32","chain":0,"options":{"fh":"801::800","order":2048,"key_ht":"801","bkt":"0","flowid":"1:1","not_in_hw":true,"match":{"value":"8080808","mask":"ffffffff","offmask":"","off":16},"match":{"value":"35","mask":"ffff","offmask":"","off":20},"actions":[{"order":1,"kind":"mirred","mirred_action":"redirect","direction":"egress","to_dev":"sink9","control_action":{"type":"stolen"},${CONTROL}}]}}]`;
const DST = `[{"protocol":"ip","pref":18,"kind":"matchall","chain":0,"options":{"handle":1,"not_in_hw":true,"actions":[{"order":1,"kind":"pedit","control_action":{"type":"pipe"},"nkeys":1,"index":3,"ref":1,"bind":1,"keys":[{"htype":"ipv4","offset":16,"cmd":"set","val":"a010203","mask":"0"}]},{"order":2,"kind":"csum","csum":"iph","control_action":{"type":"pass"},${CONTROL}}]}}]`;

const web = { proto: 'tcp', src: '172.18.0.3', dst: '1.1.1.1', dport: 80 };
const dns = { proto: 'udp', src: '172.18.0.3', dst: '8.8.8.8', dport: 53 };

function only(text: string) {
  const [filter, ...more] = readFilters('docker0', text);
  if (!filter || more.length > 0) throw new Error(`${more.length + 1} filters`);
  return filter;
}

describe('a filter of tc', () => {
  it('is read once, and with all that it looks at', () => {
    expect(only(REDIRECT)).toMatchObject({ match: { by: 'all' }, actions: ['stolen'] });
    expect(only(TTL).match).toEqual({ by: 'bits', bits: [{ offset: 8, value: 0x60000, mask: 0xff0000 }] });
    expect(only(TWO_MATCHES).match).toMatchObject({ bits: [{ offset: 16 }, { offset: 20, value: 53 }] });
  });

  it('is read also where tc wrote plain words into its JSON', () => {
    const read = (name: string) =>
      only(readFileSync(new URL(`../fixtures/probe/tc/${name}.txt`, import.meta.url), 'utf8'));
    expect(read('5.9.0-u32-pedit')).toMatchObject({
      kind: 'u32',
      match: { by: 'bits', bits: [{ offset: 8, value: 0x60000, mask: 0xff0000 }] },
      actions: ['pass'],
      does: [{ kind: 'pedit', keys: [{ header: 'ipv4', offset: 8 }] }],
    });
    expect(read('5.9.0-u32-two-actions')).toMatchObject({
      match: { by: 'bits', bits: [{ offset: 20, value: 80, mask: 0xffff }] },
      does: [{ kind: 'pedit' }, { kind: 'csum', of: 'iph, tcp' }],
    });
    for (const version of ['5.9.0', '6.1.0', '6.15.0']) {
      const basic = { kind: 'basic', match: undefined, actions: ['drop'] };
      expect(read(`${version}-basic-drop`)).toMatchObject(basic);
      // the last of them says the action's kind no more
      const skbmod = { actions: ['pipe'], does: [{ name: version === '6.15.0' ? '' : 'skbmod' }] };
      expect(read(`${version}-matchall-skbmod`)).toMatchObject(skbmod);
    }
  });

  it('is not said to look at less than it does, where one of its matches is not understood', () => {
    const text = readFileSync(
      new URL('../fixtures/probe/tc/5.9.0-u32-pedit.txt', import.meta.url),
      'utf8',
    ).replace(' at 8"', ' at 8 \n  match 00000050/0000ffff at nexthdr+0"');
    expect(only(text)).toMatchObject({ match: undefined, actions: ['pass'] });
  });

  it.each([
    [REDIRECT, web, true],
    [REDIRECT.replaceAll('"ip"', '"ipv6"'), web, false],
    [TTL, web, true],
    [TTL, dns, false],
    [PORT, web, true],
    [PORT, { ...web, dport: 81 }, false],
    [PORT, { ...web, dport: undefined }, undefined],
    [TWO_MATCHES, dns, true],
    [TWO_MATCHES, { ...dns, dst: '1.1.1.1' }, false],
    [TWO_MATCHES, { ...dns, dst: undefined }, undefined],
    [REDIRECT.replaceAll('matchall', 'bpf'), web, undefined],
  ])('takes a packet or not: %#', (text, packet, taken) => {
    expect(takes(only(text), packet)).toBe(taken);
  });

  it('decides about what no filter before it took', () => {
    const [pass, redirect] = [only(MIRROR), only(REDIRECT)];
    expect(deciding([only(TWO_MATCHES), redirect], web)).toBe(redirect);
    expect(deciding([pass, redirect], web)).toBe(pass);
    expect(deciding([{ ...pass, actions: ['continue'] }, redirect], web)).toBe(redirect);
  });

  it.each([
    [REDIRECT, web, /^sends them to sink9 instead/],
    [TTL, web, /\(ip ttl 1\) and leaves its checksum as it was/],
    [PORT, web, /^sets tcp dport 81$/],
    [NAT, web, /^changes the address 1\.1\.1\.1 into 10\.9\.9\.9/],
    [DST, web, /^sets ip dst 10\.1\.2\.3$/],
  ])('loses packets: %#', (text, packet, says) => {
    expect(harmOf(only(text), packet, [])?.says.en).toMatch(says);
  });

  it('does no harm with a copy, on the way through an ifb, or where nothing comes to be another', () => {
    const ifb = [{ name: 'sink9', kind: 'ifb', up: true }] as Interface[];
    expect(harmOf(only(MIRROR), web, [])).toBeUndefined();
    expect(harmOf(only(REDIRECT), web, ifb)).toBeUndefined();
    expect(harmOf(only(PORT.replace('"51"', '"50"')), web, [])).toBeUndefined();
    expect(harmOf(only(DST.replace('a010203', '1010101')), web, [])).toBeUndefined();
    expect(harmOf(only(NAT), dns, [])).toBeUndefined();
  });

  it('is taken away and put back to the letter, or not at all', () => {
    const undo = (text: string) => deleteFilter(only(text), 'ingress', same('x'))[0]?.undo;
    const at = "tc filter add dev 'docker0' ingress pref";
    expect(undo(REDIRECT)).toEqual([`${at} 10 protocol ip matchall action mirred egress redirect dev sink9`]);
    expect(undo(TTL)).toEqual([
      `${at} 11 protocol ip u32 match u32 0x60000 0xff0000 at 8 action pedit ex munge ip ttl set 1 pass`,
    ]);
    expect(undo(NAT)).toBeUndefined();
    expect(filterText(only(PORT), 'egress')).toContain(
      'munge tcp dport set 81 pipe action csum iph and tcp pass',
    );
  });
});
