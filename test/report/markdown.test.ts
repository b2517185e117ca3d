import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounded } from '../../electron/report/bounded.ts';
import { reportMarkdown } from '../../electron/report/markdown.ts';
import { PHRASES } from '../../electron/report/phrases.ts';
import { RunEvent } from '../../shared/run.ts';
import { LANGS } from '../../shared/text.ts';
import { runOf, ZONE_EVENTS } from '../support/zone-case.ts';

const report = reportMarkdown(runOf(ZONE_EVENTS), 'en');

function place(needle: string): number {
  const at = report.indexOf(needle);
  expect(at, needle).toBeGreaterThanOrEqual(0);
  return at;
}

describe('the report of docker0 out of its zone', () => {
  test('begins with the answer', () => {
    const [title, , verdict] = report.split('\n');
    expect(title).toBe('# Culprit report: shop');
    expect(verdict).toBe('**Problem found** — firewalld keeps containers off the network.');
  });

  test('names rule, place and owner before anything else', () => {
    const head = report.slice(0, place('## Why'));
    expect(head).toContain('inet firewalld filter_FWD_public, rule 6, handle 147');
    expect(head).toContain('reached from base chain filter_FORWARD, priority 10');
    expect(head).toContain('```text\nreject with icmpx admin-prohibited\n```');
    expect(head).toContain('Who put it there: firewalld.');
    expect(head).toContain('traced (a traced packet died at this very place)');
  });

  test('goes on in the order in which a colleague reads', () => {
    const order = [
      '## Why',
      '## Who reaches what',
      '## The path of the packet',
      '## What to do',
      '## Versions',
      '## What could not be told',
      '## How packets were followed',
      '## What was left behind',
      '## Evidence',
    ];
    const places = order.map(place);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('says in the language of the report that a service does not run; a version stays what it is', () => {
    const run = runOf([
      ...ZONE_EVENTS,
      { t: 1, type: 'guest', facts: { docker: 'not running', os: 'running 1' } },
    ]);
    expect(reportMarkdown(run, 'zh-CN')).toMatch(/^\| docker \| 未运行 \|$/m);
    expect(reportMarkdown(run, 'zh-CN')).toMatch(/^\| os \| running 1 \|$/m);
    expect(reportMarkdown(run, 'en')).toMatch(/^\| docker \| not running \|$/m);
  });

  test('shows who reaches what as a matrix of origins and destinations', () => {
    expect(report).toContain('| To | the VM itself | box1 (bridge) |');
    expect(report).toContain('| 1.1.1.1:80 tcp | ok | **prohibited** |');
  });

  test('draws the path with the fatal chain marked and its last rule pointed at', () => {
    const path = report.slice(place('## The path of the packet'), place('## What to do'));
    expect(path).toMatch(/^ {3}forward +0 +ip filter FORWARD +docker0 → enp0s3 +accept$/m);
    expect(path).toMatch(/^✗ {2}forward +10 +inet firewalld filter_FORWARD +docker0 → enp0s3 +reject$/m);
    expect(path).toMatch(
      /filter_FWD_public +handle 147 +reject with icmpx admin-prohibited +← the packet died here/,
    );
  });

  test('gives the commands with their undo', () => {
    expect(report).toContain(
      '```sh\nfirewall-cmd --permanent --zone=docker --add-interface=docker0\nfirewall-cmd --reload\n```',
    );
    expect(report.slice(place('To take it back:'))).toContain('--remove-interface=docker0');
  });

  test('has each command with its exit code, time and raw output', () => {
    expect(report).toContain('#### c1: The whole ruleset (as root)');
    expect(report).toContain('```sh\nnft -j -a list ruleset\n```');
    expect(report).toContain('Exit code 127 after 20 ms.');
    expect(report).toContain('sh: ufw: not found');
    expect(report).toContain('There was no answer before the run ended.');
  });

  test('says what it does not know', () => {
    expect(report).toContain('Rule “mtu” cannot tell: no large transfer was tried');
    expect(report).toContain('No “ufw”: the tool is not installed. ufw: not found');
    expect(report).toContain('Not with “legacy”: no logger is bound to IPv4');
  });

  test('reads in Chinese from its title to its last heading', () => {
    const chinese = reportMarkdown(runOf(ZONE_EVENTS), 'zh-CN');
    const headings = chinese.split('\n').filter((line) => /^#{1,3} /.test(line));
    for (const heading of headings) expect(heading).toMatch(/\p{Script=Han}/u);
    expect(chinese).toContain('firewalld 阻断了容器的网络。');
    expect(chinese).toContain('#### c1: 完整的规则集');
    expect(chinese).toContain('5 个表，212 条规则');
    expect(chinese).toContain('没有测试大流量传输');
    expect(chinese).toContain('没有日志记录器绑定到 IPv4');
  });
});

test('a residue is shown line by line', () => {
  const residue = {
    checked: true,
    rules: ['+ table inet culprit'],
    sysctls: [],
    interfaces: [],
    processes: ['- 991 sshd'],
  };
  const left = reportMarkdown(runOf([...ZONE_EVENTS, { type: 'residue', t: 7100, residue }]), 'en');
  expect(left).toContain('### Rules\n\n```text\n+ table inet culprit\n```');
  expect(left).toContain('### Processes');
  expect(left).not.toContain('### Sysctls');
});

test('a run cut short anywhere still gives a report, the same one each time', () => {
  const subsequence = fc.subarray([...ZONE_EVENTS]);
  fc.assert(
    fc.property(subsequence, fc.constantFrom(...LANGS), (events, lang) => {
      const run = runOf(events);
      const text = reportMarkdown(run, lang);
      expect(text).toBe(reportMarkdown(structuredClone(run), lang));
      expect(text).not.toMatch(/undefined|\[object|NaN/);
      if (run.ended === undefined) expect(text).toContain(PHRASES[lang].cutShort.slice(0, 8));
    }),
  );
});

test('every event survives its way through JSON and the schema', () => {
  for (const event of ZONE_EVENTS) expect(RunEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
});

describe('long output', () => {
  const say = PHRASES.en;

  test('is kept whole while it is short', () => {
    expect(bounded('x'.repeat(8000), say)).toBe('x'.repeat(8000));
  });

  test('is cut in its middle at line ends, and the cut is counted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 60, maxLength: 400 }), (widths) => {
        const output = widths.map((n, i) => `${i}:${'y'.repeat(n)}`).join('\n');
        const cut = bounded(output, say);
        if (cut === output) return;
        const marker = /^… (\d+) characters in (\d+) lines left out of this report …$/m.exec(cut);
        const [head = '', tail = ''] = cut.split(`\n${marker?.[0]}\n`);
        expect(output.startsWith(`${head}\n`) && output.endsWith(`\n${tail}`)).toBe(true);
        // The two line ends around the cut belong to neither side.
        expect(head.length + tail.length + Number(marker?.[1]) + 2).toBe(output.length);
        expect(head.split('\n').length + tail.split('\n').length + Number(marker?.[2])).toBe(widths.length);
      }),
    );
  });
});
