import { describe, expect, it } from 'vitest';
import { judge, parseTries } from '../../electron/flow/outcome.ts';
import type { FlowSpec } from '../../shared/flow.ts';
import { flowSaid } from '../../shared/flow-text.ts';

const spec = (what: FlowSpec['to']['what'], proto: FlowSpec['to']['proto'] = 'tcp'): FlowSpec => ({
  id: 'x',
  kind: what,
  from: { where: 'guest' },
  to: { what, proto, host: '1.1.1.1', port: 80, label: 'x' },
});
const outcome = (s: FlowSpec, ...lines: string[]) =>
  judge(s, parseTries(lines, 1)[0] ?? { began: false, steps: [] });

describe('how a flow ended (texts of bash 5.2, iputils 20221126, coreutils 9.1)', () => {
  it.each([
    [
      'culprit: connect: Connection refused culprit: line 40: /dev/tcp/1.1.1.1/80: Connection refused',
      'refused',
    ],
    [
      'environment: connect: No route to host environment: line 38: /dev/tcp/1.1.1.1/80: No route to host',
      'unreachable',
    ],
    ['culprit: connect: Network is unreachable', 'unreachable'],
    ['culprit: connect: Connection timed out', 'timeout'],
    ['culprit: connect: Invalid argument', 'unreachable'],
    ['culprit: connect: Permission denied', 'prohibited'],
    ["dd: error reading 'standard input': Connection refused", 'refused'],
    [
      'From 172.17.0.1 icmp_seq=1 Packet filtered  --- 1.1.1.1 ping statistics --- 100% packet loss',
      'prohibited',
    ],
    ['From 172.17.0.1 icmp_seq=1 Destination Host Unreachable', 'unreachable'],
  ])('%s', (said, expected) => {
    expect(outcome(spec('internet-ip'), 'O\t0', `F\t0\t12\tfailed\t${said}`).outcome).toBe(expected);
  });

  it('shows the reason once, without the shell’s own prefix', () => {
    const said =
      'culprit: connect: Connection refused culprit: line 40: /dev/tcp/1.1.1.1/80: Connection refused';
    expect(outcome(spec('internet-ip'), `F\t0\t12\tfailed\t${said}`).detail).toBe(
      'connect: Connection refused',
    );
  });

  it('is a time-out when the limit cut it off, and skipped when it never began', () => {
    expect(outcome(spec('internet-ip'), 'O\t0').outcome).toBe('timeout');
    expect(
      judge(spec('internet-ip'), { began: false, steps: [] }, 'nsenter: cannot open /proc/9/ns/net'),
    ).toMatchObject({
      outcome: 'skipped',
      detail: 'cannot open /proc/9/ns/net',
    });
  });

  it('a connection that stood and brought nothing is told from one that never came about', () => {
    const name = spec('internet-name');
    const opened = outcome(name, 'F\t0\t5\tresolved\t203.0.113.10', 'F\t0\t9\topened\t');
    expect(opened).toMatchObject({
      outcome: 'timeout',
      resolved: '203.0.113.10',
      saying: 'silent',
    });
    expect(outcome(spec('internet-ip'), 'F\t0\t9\topened\t').saying).toBe('silent');
  });

  it('stalls when the answer begins and never ends', () => {
    const name = spec('internet-name');
    expect(outcome(name, 'F\t0\t5\tresolved\t203.0.113.10', 'F\t0\t9\tanswered\tHTTP/1.0').outcome).toBe(
      'stalls-when-large',
    );
  });

  it('tells an unknown name from a server that refuses and from silence', () => {
    const head = (rcode: string) => ` 43 55 81 8${rcode} 00 01 00 00 00 00 00 00 01 61 00 00 01 00 01`;
    expect(outcome(spec('internet-name'), `F\t0\t5\tno-address\t${head('3')}`)).toMatchObject({
      outcome: 'name-not-found',
    });
    expect(outcome(spec('dns-server', 'udp'), `F\t0\t5\tanswered\t${head('5')}`)).toMatchObject({
      outcome: 'refused',
      detail: 'REFUSED',
    });
    expect(outcome(spec('dns-server', 'tcp'), `F\t0\t5\tanswered\t00 13${head('2')}`)).toMatchObject({
      detail: 'SERVFAIL',
    });
  });

  it.each([
    ['internet-name', 'resolved', '203.0.113.10', '解析为 203.0.113.10，之后没有任何应答'],
    ['internet-ip', 'no-tool', 'ping', '虚拟机中没有 ping'],
    ['internet-ip', 'closed', '', '连接被接受，随即被关闭，没有任何应答'],
    ['internet-ip', 'answered', 'HTTP/1.0', '应答开始后一直没有结束'],
    ['internet-name', 'no-address', '', '没有 DNS 应答'],
    ['internet-ip', 'failed', 'culprit: connect: Connection refused', 'connect: Connection refused'],
  ] as const)(
    'of %s after “%s %s” reads in Chinese, a tool’s own words as they are',
    (what, word, said, zh) => {
      const flow = outcome(spec(what), `F\t0\t5\t${word}\t${said}`);
      expect(flowSaid(flow, 'zh-CN')).toBe(zh);
    },
  );

  it('keeps what a name was resolved to, and what the tool said then', () => {
    const first = 'F\t0\t5\tresolved\t203.0.113.10';
    const name = spec('internet-name');
    expect(flowSaid(outcome(name, first, 'F\t0\t9\tconnected\t'), 'zh-CN')).toBe('解析为 203.0.113.10');
    const refused = outcome(name, first, 'F\t0\t9\tfailed\tculprit: connect: Connection refused');
    expect(flowSaid(refused, 'zh-CN')).toBe('解析为 203.0.113.10，之后：connect: Connection refused');
    const never = judge(name, { began: false, steps: [] });
    expect(flowSaid(never, 'zh-CN')).toBe('无法从该处发起');
  });

  it('leaves out lines that are none of its own', () => {
    expect(parseTries(['F\t7\t1\tconnected\t', 'hello', 'F', 'O\tx'], 1)).toEqual([
      { began: false, steps: [] },
    ]);
  });
});
