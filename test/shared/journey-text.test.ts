import { describe, expect, test } from 'vitest';
import { journeyLines, packetText } from '../../shared/journey-text.ts';
import type { Journey } from '../../shared/trace.ts';
import { runOf, ZONE_EVENTS } from '../support/zone-case.ts';

const [rejected] = runOf(ZONE_EVENTS).journeys;
if (rejected === undefined) throw new Error('the case has a journey');

test('addresses are written as people write them, IPv6 with its brackets', () => {
  expect(packetText({ src: '172.17.0.2', dst: '1.1.1.1', proto: 'icmp' })).toBe('172.17.0.2 → 1.1.1.1 icmp');
  expect(
    packetText({ src: 'fd00::2', dst: 'fd00::1', proto: 'tcp', sport: 1, dport: 80, flags: 'syn' }),
  ).toBe('[fd00::2]:1 → [fd00::1]:80 tcp syn');
});

describe('the fatal chain', () => {
  const fatal = rejected.stops[1];
  if (fatal === undefined) throw new Error('the case has a fatal stop');

  test('shows the jumps on the way down and leaves out the chains that let the packet back', () => {
    const detour = {
      chain: 'filter_FORWARD_ZONES',
      text: 'jump empty',
      handle: 97,
      verdict: 'jump',
      target: 'empty',
    };
    const rules = [...fatal.rules.slice(0, 1), detour, ...fatal.rules.slice(1)];
    const lines = journeyLines({ ...rejected, stops: [{ ...fatal, rules }] }, 'en').join('\n');
    expect(lines).not.toContain('jump empty');
    expect(lines).toContain('jump filter_FORWARD_ZONES');
    expect(lines).toContain('goto filter_FWD_public');
  });

  test('whose policy decided is said to be a policy', () => {
    const at = { ...rejected.at, policy: true, rule: 'policy drop' } as Journey['at'] & object;
    const dropped: Journey = {
      ...rejected,
      stops: [{ ...fatal, rules: [], policy: true, verdict: 'drop' }],
      end: 'dropped',
      at,
    };
    const lines = journeyLines(dropped, 'en');
    expect(lines[1]).toMatch(/^✗ .*drop \(policy\)$/);
    expect(lines[2]).toMatch(/filter_FORWARD +policy +policy drop +← the packet died here/);
  });

  test('whose fatal rule the tracer did not print is completed from the ruleset', () => {
    const rules = fatal.rules.slice(0, 2);
    const lines = journeyLines({ ...rejected, stops: [{ ...fatal, rules }] }, 'en');
    expect(lines.find((line) => line.includes('←'))).toMatch(
      /handle 147 +reject with icmpx admin-prohibited/,
    );
  });
});

test('a lost packet says where it was seen last, and what is missing', () => {
  const { at: _, ...rest } = rejected;
  const lost: Journey = {
    ...rest,
    stops: rejected.stops.slice(0, 1),
    end: 'lost',
    last: { hook: 'postrouting', oif: 'enp0s3' },
    gap: { en: 'the monitor lost events', 'zh-CN': '监视程序丢失了事件' },
  };
  expect(journeyLines(lost, 'en').slice(2)).toEqual([
    '= lost after its last stop',
    '  last seen at hook postrouting  · → enp0s3',
    '  missing: the monitor lost events',
  ]);
});

test('nothing in a ruleset can act on who reads it', () => {
  const hostile = JSON.parse(
    JSON.stringify(rejected).replaceAll('filter_', 'f\\u001b[2J\\n\\u202e'),
  ) as Journey;
  for (const line of journeyLines(hostile, 'zh-CN')) expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
});
