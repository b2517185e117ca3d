import { readFileSync } from 'node:fs';
import type { TraceEvent } from '../../../shared/trace.ts';
import type { Guest } from '../../connect/guest.ts';
import { quote } from '../../connect/quote.ts';
import { flowScript } from '../../flow/script.ts';
import type { Facts } from '../../probe/registry.ts';
import type { TraceBackend, TraceOutcome, TraceTask } from '../backend.ts';
import { parseNftTraceLine } from '../nft-text.ts';
import { OWN_TABLE, SENTINEL, tableStatement } from '../own-table.ts';

const SCRIPT = readFileSync(new URL('./nft-owner.sh', import.meta.url), 'utf8');

/** Seconds after which the guest itself ends the tracer, whatever happens to us. */
const LIMIT_S = 30;
/** Events kept: about 80 a packet with firewalld. */
const MAX_EVENTS = 40_000;

/**
 * `nft monitor trace` with a table of our own that has `flags owner`: the kernel removes it with the process that made
 * it, even after SIGKILL. Linux 5.12 and nft 0.9.9 or newer.
 */
export const nftOwner: TraceBackend = { id: 'nft-owner', whyNot, trace };

function whyNot(facts: Facts): string | undefined {
  const { versions, system } = facts;
  if (!versions.ok) return `the guest's tools are unknown (${versions.detail})`;
  const { tools, nft } = versions.value;
  for (const tool of ['nft', 'bash', 'nsenter', 'timeout'] as const) {
    if (!tools[tool]) return `the guest has no ${tool}`;
  }
  if (nft && older(nft, [0, 9, 9])) return `nft ${nft} is older than 0.9.9 and knows no owner tables`;
  const kernel = system.ok ? system.value.kernel : undefined;
  if (kernel && older(kernel, [5, 12, 0]))
    return `Linux ${kernel} is older than 5.12 and knows no owner tables`;
  return undefined;
}

function older(version: string, than: readonly [number, number, number]): boolean {
  const parts =
    /(\d+)\.(\d+)(?:\.(\d+))?/
      .exec(version)
      ?.slice(1)
      .map((n) => Number(n ?? 0)) ?? [];
  for (let i = 0; i < 3; i++) {
    const difference = (parts[i] ?? 0) - (than[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The whole script for a task: what varies, then nft-owner.sh. `$$` tells apart two Culprits at one guest. */
export function ownerScript(task: Pick<TraceTask, 'trials' | 'matches'>): string {
  const statement = tableStatement('@NAME@', task.matches, 'flags owner;');
  const body = [
    `TABLE=${quote(statement)}`,
    `TABLE=\${TABLE/@NAME@/${OWN_TABLE}_$$}`,
    `SENTINEL=${SENTINEL}`,
    `LIMIT=${LIMIT_S}`,
    `flows() {\n${flowScript(task.trials)}}`,
    SCRIPT,
  ].join('\n');
  return `exec bash -c ${quote(body)}`;
}

/** `out_first packet:` of the sentinel, sent to this port. */
const sentinelPort = (event: Omit<TraceEvent, 'n' | 'backend'>) =>
  event.packet?.dst === SENTINEL ? event.packet.dport : undefined;

async function trace(guest: Guest, task: TraceTask, signal: AbortSignal): Promise<TraceOutcome> {
  const stream = guest.stream(
    {
      purpose: 'Trace the packets of the failing flows',
      script: ownerScript(task),
      asRoot: true,
      timeoutMs: LIMIT_S * 1000,
    },
    signal,
  );
  const events: TraceEvent[] = [];
  const complaints: string[] = [];
  let heard = 0;
  let sentinelTrace = '';
  let meanwhile: Promise<void> | undefined;
  for await (const { from, text } of stream.lines) {
    if (from === 'err') {
      if (/^[FO]\t/.test(text)) task.onTryLine(text);
      else if (complaints.length < 20) complaints.push(text);
      continue;
    }
    const event = parseNftTraceLine(text);
    if (!event) continue;
    const port = sentinelPort(event);
    if (port === undefined) {
      if (event.what === 'packet' && event.traceId === sentinelTrace) sentinelTrace = '';
      if (event.traceId === sentinelTrace) continue;
      if (events.length < MAX_EVENTS) events.push({ ...event, n: events.length, backend: 'nft-owner' });
      continue;
    }
    sentinelTrace = event.traceId;
    if (port === heard + 1) {
      heard = port;
      if (heard === 1) meanwhile = task.meanwhile?.();
      if (heard === 2) await meanwhile;
      stream.write('\n');
      if (heard === 2) stream.end();
    }
  }
  await meanwhile;
  const { code, timedOut } = await stream.done;
  const gap = whatIsMissing({ heard, code, timedOut, complaints, full: events.length >= MAX_EVENTS });
  return gap ? { events, gap } : { events };
}

function whatIsMissing(end: {
  heard: number;
  code: number;
  timedOut: boolean;
  complaints: string[];
  full: boolean;
}): string | undefined {
  const overrun = end.complaints.find((line) => /No buffer space/i.test(line));
  if (overrun) return `the tracer lost events: ${overrun}`;
  if (end.full) return `more than ${MAX_EVENTS} events: the rest was left out`;
  if (end.heard === 2) return undefined;
  const why = end.complaints.at(-1) ?? (end.timedOut ? 'the time limit ended it' : `exit code ${end.code}`);
  return end.heard === 0 ? `the tracer never started: ${why}` : `the tracer ended early: ${why}`;
}
