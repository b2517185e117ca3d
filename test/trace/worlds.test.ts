import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { conventionalBase } from '../../electron/trace/conventional.ts';
import type { Emit } from '../../electron/trace/format.ts';
import { nftMonitor } from '../../electron/trace/formats/nft-monitor.ts';
import { kernelTraces } from '../../electron/trace/kernel-messages.ts';
import { foldStops } from '../../electron/trace/stops.ts';
import { linkWorlds } from '../../electron/trace/worlds.ts';
import type { TraceEvent } from '../../shared/trace.ts';

/** Debian 11: Docker in nf_tables, and a rule in iptables-legacy that drops; both texts as they came, one line after the other. */
const SEEN = readFileSync(new URL('../fixtures/trace/bullseye-nft-and-legacy.txt', import.meta.url), 'utf8');

function events(lines: readonly string[]): TraceEvent[] {
  const all: TraceEvent[] = [];
  const emit: Emit = (traceId, happening) =>
    void all.push({ ...happening, traceId, n: all.length, backend: 'nft-table' });
  const readers = [nftMonitor, kernelTraces].map(({ reader }) => reader(emit));
  for (const line of lines) readers.find((read) => read(line));
  return all;
}

const ways = (lines: readonly string[]) =>
  linkWorlds(foldStops(events(lines), conventionalBase).stops).map((track) =>
    track.map(
      (s) => `${s.hook} ${s.legacy ? 'legacy' : s.family} ${s.table.replace(/_\d+$/, '')} ${s.baseChain}`,
    ),
  );

it('puts what nft and the old iptables tell of one packet together, in the kernel’s order', () => {
  const lines = SEEN.split('\n');
  const tracks = ways(lines);
  const both = tracks.filter((track) => track.some((s) => s.includes('legacy')));
  // Every packet that came to forward is seen by both: none stands alone
  expect(both.length).toBeGreaterThan(3);
  for (const track of both) {
    expect(track[0]).toBe('prerouting inet culprit pre_first');
    expect(track.at(-1)).toBe('forward legacy filter FORWARD');
  }
  // The texts come from two programs: their order says nothing
  const sorted = [...lines].sort((a, b) => Number(a.startsWith('trace')) - Number(b.startsWith('trace')));
  expect(ways(sorted)).toEqual(tracks);
});
