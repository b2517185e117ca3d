import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { tcp } from '../../electron/flow/script.ts';
import { worldFrom } from '../../electron/flow/world.ts';
import { gatherFacts } from '../../electron/probe/gather.ts';
import type { Facts } from '../../electron/probe/registry.ts';
import { ruleset } from '../../electron/probe/ruleset.ts';
import { placeFinder } from '../../electron/trace/place.ts';
import { type TraceResult, traceFlows } from '../../electron/trace/trace.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { same } from '../../shared/text.ts';
import { miniFlow } from '../support/mini-trace.ts';
import { MiniNet, noNamespaces } from '../support/net.ts';

const why = noNamespaces();
const DROP =
  'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80-81 drop; }; }';

describe.skipIf(why !== undefined)('a tracer that does not hold out', () => {
  let net: MiniNet;
  let facts: Facts;
  const bin = mkdtempSync(join(tmpdir(), 'culprit-nft-'));

  /** An nft that does something else than the real one when it is to monitor. */
  function nft(monitor: string): void {
    const script = `#!/bin/sh\nPATH=$\{PATH#*:}\ncase "$*" in *monitor*) echo x >>${bin}/times; ${monitor} ;; esac\nexec nft "$@"\n`;
    writeFileSync(join(bin, 'nft'), script);
    chmodSync(join(bin, 'nft'), 0o755);
    writeFileSync(join(bin, 'times'), '');
  }
  const times = () => readFileSync(join(bin, 'times'), 'utf8').split('x').length - 1;
  const guestIn = () =>
    localGuest({ shell: ['/usr/bin/env', `PATH=${bin}:${process.env.PATH}`, ...net.shell] });

  beforeAll(async () => {
    net = await MiniNet.up();
    net.nft(DROP);
    nft('');
    const guest = await guestIn();
    // the probe asks no nft where the kernel has it built in and says so nowhere, as here
    const listing = await guest.exec({
      purpose: same('rules'),
      script: 'echo @@json; nft -j -a list ruleset; echo; echo @@text; nft -a list ruleset',
    });
    const known = await gatherFacts(async (_, command) => ({
      answer: await guest.exec(command),
      commandId: 'c',
    }));
    facts = { ...known, ruleset: { ok: true, value: ruleset.parse(listing), commandId: 'c' } };
    await guest.close();
  }, 60_000);
  afterAll(async () => {
    rmSync(bin, { recursive: true });
    await net.down();
  });

  async function trace(flows: number, backend?: string): Promise<TraceResult> {
    const guest = await guestIn();
    try {
      const planned = Array.from({ length: flows }, (_, i) => {
        const { spec } = miniFlow(net);
        return {
          spec: { ...spec, id: `f${i}`, to: { ...spec.to, port: 80 + i } },
          attempt: tcp('203.0.113.10', 80 + i),
        };
      });
      const measured = planned.map(
        ({ spec }): FlowResult => ({ ...spec, outcome: 'timeout', ms: 3000, detail: '' }),
      );
      return await traceFlows(
        guest,
        {
          facts,
          world: worldFrom(facts, [], []),
          planned,
          flows: measured,
          place: placeFinder(facts),
          tryFromMac: () => Promise.reject(new Error('nothing starts there')),
          backend,
        },
        new AbortController().signal,
      );
    } finally {
      await guest.close();
    }
  }

  it('gives way to the next one, which says the same, and the reason is kept', async () => {
    nft('echo "nft: BUG: unknown expression" >&2; kill -ABRT $$');
    const { backend, whyNot, journeys } = await trace(1);
    expect(backend).toBe('xtables-monitor');
    expect(whyNot.map((refused) => refused.backend)).toEqual(['nft-owner', 'nft-table']);
    expect(whyNot[0]?.why.en).toMatch(/^the tracer (never started|ended early): /);
    expect(journeys[0]).toMatchObject({
      end: 'dropped',
      at: { table: 'guard', rule: 'tcp dport 80-81 drop' },
    });
    // xtables-monitor tells only the handle
    expect(journeys[0]?.stops.at(-1)?.rules[0]?.text).toBe('tcp dport 80-81 drop');
    expect(net.in(net.guest, 'nft list tables')).toBe('table ip nat\ntable inet guard\n');
  }, 60_000);

  it('is the only one that is tried when it is asked for, and then the gap is told', async () => {
    nft('kill -ABRT $$');
    const { backend, whyNot, journeys } = await trace(1, 'nft-table');
    expect({ backend, refused: whyNot.length, journeys: journeys.length }).toEqual({
      backend: 'nft-table',
      refused: 1,
      journeys: 0,
    });
  }, 60_000);

  it('is tried again with fewer flows when it was too much, and claims nothing beyond what it saw', async () => {
    nft('echo "netlink: Error: No buffer space available" >&2');
    const { backend, journeys } = await trace(2);
    expect({ backend, times: times() }).toEqual({ backend: 'nft-owner', times: 3 });
    expect(journeys.map(({ flowId }) => flowId)).toEqual(['f0', 'f1']);
    expect(journeys.every(({ gap }) => /No buffer space/.test(gap?.en ?? ''))).toBe(true);
  }, 60_000);
});
