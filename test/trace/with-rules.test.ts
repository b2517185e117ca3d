import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readIptablesSave } from '../../electron/probe/lib/iptables-save.ts';
import type { Facts } from '../../electron/probe/registry.ts';
import { withoutOwnChains } from '../../electron/trace/chains.ts';
import { conventionalBase } from '../../electron/trace/conventional.ts';
import { kernelTraces } from '../../electron/trace/kernel-messages.ts';
import { foldStops } from '../../electron/trace/stops.ts';
import { withRules } from '../../electron/trace/with-rules.ts';
import type { Stop, TraceEvent } from '../../shared/trace.ts';

/** A SYN from a container on Debian 11, as /dev/kmsg has it, with Docker in iptables-legacy. */
const KMSG = readFileSync(
  new URL('../fixtures/trace/bullseye-kmsg-legacy-trace.txt', import.meta.url),
  'utf8',
);
/** That guest's tables, from iptables-legacy-save. */
const SAVE = (user: string) => `*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
${user}
-A DOCKER-USER -j RETURN
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
COMMIT`;

function events(text: string): TraceEvent[] {
  const all: TraceEvent[] = [];
  const read = kernelTraces.reader((traceId, seen) => {
    const happening = withoutOwnChains(seen);
    if (happening) all.push({ ...happening, traceId, n: all.length, backend: 'legacy-trace' });
  });
  for (const line of text.split('\n')) read(line);
  return all;
}

function stopsOf(text: string, user: string): Stop[] {
  const tables = readIptablesSave(SAVE(user).split('\n'), 'legacy', 4);
  // withRules looks at nothing but these two
  const facts = {
    iptables: { ok: true, value: { tables }, commandId: 'c' },
    ruleset: { ok: false, reason: 'tool-missing', detail: '', commandId: 'c' },
  } as unknown as Facts;
  return foldStops(withRules(events(text), facts), conventionalBase).stops;
}

const told = (stops: Stop[]) =>
  stops.map(
    (s) => `${s.hook} ${s.table} ${s.verdict} ${s.rules.map((r) => `${r.chain}:${r.verdict}`).join(' ')}`,
  );

describe('the old iptables’ TRACE lines with the rules at hand', () => {
  const drop = '-A DOCKER-USER -i br-bd778680efcb ! -o br-bd778680efcb -j DROP';

  it('tell which rule dropped it; our own chains are not seen', () => {
    const stops = stopsOf(KMSG, drop);
    expect(told(stops)).toEqual([
      'prerouting raw accept ',
      'prerouting nat accept ',
      'forward filter drop FORWARD:jump DOCKER-USER:drop',
    ]);
    expect(stops.at(-1)).toMatchObject({ legacy: true, policy: false });
    expect(stops.at(-1)?.rules.at(-1)).toMatchObject({ text: drop, position: 1 });
  });

  it('take no target from a comment', () => {
    const rule = '-A DOCKER-USER -m comment --comment "was: -j DROP" -j ACCEPT';
    expect(told(stopsOf(KMSG, rule)).at(-1)).toBe('forward filter accept FORWARD:jump DOCKER-USER:accept');
  });

  it('know an unconditional rule though the kernel calls it return or policy', () => {
    const text = KMSG.replace(/filter:DOCKER-USER:rule:1/g, 'filter:DOCKER-USER:return:1');
    expect(told(stopsOf(text, '-A DOCKER-USER -j DROP')).at(-1)).toBe(
      'forward filter drop FORWARD:jump DOCKER-USER:drop',
    );
  });

  it('take the policy behind the last rule, and claim nothing of a rule that is not known', () => {
    const text = KMSG.replace(/filter:DOCKER-USER:rule:1/g, 'filter:FORWARD:policy:2');
    expect(stopsOf(text, drop).at(-1)).toMatchObject({ verdict: 'drop', policy: true });
    const unknown = KMSG.replace(/filter:DOCKER-USER:rule:1/g, 'filter:DOCKER-USER:rule:9');
    expect(stopsOf(unknown, drop).at(-1)?.verdict).toBe('unknown');
  });
});
