import { expect } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { addTryLine, judge, parseTries } from '../../electron/flow/outcome.ts';
import { type Trial, tcp } from '../../electron/flow/script.ts';
import type { TraceBackend } from '../../electron/trace/backend.ts';
import { conventionalBase } from '../../electron/trace/conventional.ts';
import { journeysOf, type Traced } from '../../electron/trace/journeys.ts';
import { linkTracks } from '../../electron/trace/link.ts';
import { matchesFor } from '../../electron/trace/match.ts';
import { placeUnread } from '../../electron/trace/place.ts';
import { foldStops } from '../../electron/trace/stops.ts';
import type { Journey } from '../../shared/trace.ts';
import type { MiniNet } from './net.ts';

/** The flow from MiniNet's container to its internet. */
export function miniFlow(net: MiniNet): Traced & Trial {
  return {
    spec: {
      id: 'c→i',
      kind: 'internet-ip',
      from: { where: 'container', name: 'c', network: 'n', pid: net.container, address: '172.17.0.2' },
      to: { what: 'internet-ip', proto: 'tcp', host: '203.0.113.10', port: 80, label: '203.0.113.10:80' },
    },
    sources: ['172.17.0.2'],
    destinations: ['203.0.113.10'],
    attempt: tcp('203.0.113.10', 80),
  };
}

export interface MiniTrace {
  journeys: Journey[];
  gap: string;
  broke: string;
  outcome: string;
}

/** Traces that flow with a backend, in MiniNet's guest. */
export async function traceMini(
  net: MiniNet,
  backend: TraceBackend,
  {
    signal = new AbortController().signal,
    legacy = false,
  }: { signal?: AbortSignal | undefined; legacy?: boolean } = {},
): Promise<MiniTrace> {
  const guest = await localGuest({ shell: net.shell });
  try {
    const flow = miniFlow(net);
    const tries = parseTries([], 1);
    const matches = matchesFor(flow.spec, flow.sources, flow.destinations);
    const task = {
      trials: [flow],
      matches,
      legacy,
      onTryLine: (line: string) => void addTryLine(tries, line),
    };
    const { events, gap, broke = '' } = await backend.trace(guest, task, signal);
    const base = (family: string, table: string, chain: string) =>
      conventionalBase(family, table, chain) ?? { hook: chain === 'forward' ? 'forward' : 'postrouting' };
    const { stops, orphans } = foldStops(events, base);
    expect(orphans).toBe(0);
    const journeys = journeysOf(flow, linkTracks(stops), placeUnread);
    const outcome = judge(flow.spec, tries[0] ?? { began: false, steps: [] }).outcome;
    return { journeys, gap: gap?.en ?? '', broke, outcome };
  } finally {
    await guest.close();
  }
}
