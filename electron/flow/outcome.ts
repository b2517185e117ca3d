import type { FlowResult, FlowSaying, FlowSpec } from '../../shared/flow.ts';
import { parseDnsReply } from './dns.ts';
import { FLOW_LIMIT_S } from './script.ts';

/** What was printed about one flow: how far it got, last word last. */
export interface Try {
  began: boolean;
  steps: { ms: number; word: string; said: string }[];
}

/**
 * Reads the lines of try.sh; lines that are none of its own are left out (they come from a guest). Returns one `Try` for
 * each of `count` flows.
 */
export function parseTries(lines: Iterable<string>, count: number): Try[] {
  const tries: Try[] = Array.from({ length: count }, () => ({ began: false, steps: [] }));
  for (const line of lines) addTryLine(tries, line);
  return tries;
}

/** Adds one line; returns the index of the flow it belongs to, or undefined. */
export function addTryLine(tries: readonly Try[], line: string): number | undefined {
  const [kind, index, ms, word, said] = line.split('\t');
  const entry = tries[Number(index)];
  if (!entry || (kind !== 'O' && kind !== 'F')) return undefined;
  entry.began = true;
  if (kind === 'F' && word) entry.steps.push({ ms: Number(ms) || 0, word, said: said ?? '' });
  return Number(index);
}

/** A flow that was cut off prints no time: it is at least what it was given. */
const GAVE_UP_MS = FLOW_LIMIT_S * 1000;

/** Words of strerror (LC_ALL=C) and of ping, and what they mean for a flow. */
const SAYINGS: [RegExp, FlowResult['outcome']][] = [
  [/refused/i, 'refused'],
  [/reset by peer|broken pipe/i, 'reset'],
  [/prohibited|packet filtered|permission denied|operation not permitted/i, 'prohibited'],
  // EINVAL is what a blackhole route gives to a connect on the machine itself
  [/no route to host|unreachable|invalid argument|cannot assign/i, 'unreachable'],
  [/timed out|100% packet loss/i, 'timeout'],
];

function fromWords(text: string): FlowResult['outcome'] {
  // a shell that was killed for writing to a closed connection says nothing
  if (text.trim() === '') return 'reset';
  return SAYINGS.find(([pattern]) => pattern.test(text))?.[1] ?? 'timeout';
}

/** The tool's own words without bash's repetition of the address. */
function brief(text: string): string {
  const first = text.replace(/^\w+: (line \d+: )?/, '').replace(/ \w+: line \d+: .*$/, '');
  return first.trim().slice(0, 200);
}

function hexBytes(text: string): Uint8Array {
  const words = text.trim().split(/\s+/);
  return Uint8Array.from(
    words.every((w) => /^[0-9a-f]{2}$/.test(w)) ? words.map((w) => Number.parseInt(w, 16)) : [],
  );
}

const RCODES: Record<number, string> = {
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
};

/** How a flow ended: all that its result has beside the flow itself. */
export type Ending = Pick<FlowResult, 'outcome' | 'ms' | 'detail' | 'saying' | 'resolved'>;

/** `framed`: over TCP the answer's length stands before it. */
function fromDns(said: string, framed: boolean): Omit<Ending, 'ms'> {
  const reply = parseDnsReply(hexBytes(said).subarray(framed ? 2 : 0));
  if (!reply) return { outcome: fromWords(said), ...saidOr(said, 'no-dns-answer') };
  if (reply.rcode === 3) return { outcome: 'name-not-found', detail: 'NXDOMAIN' };
  if (reply.rcode !== 0) return { outcome: 'refused', detail: RCODES[reply.rcode] ?? `rcode ${reply.rcode}` };
  if (reply.addresses.length === 0) return { outcome: 'name-not-found', detail: '', saying: 'no-address' };
  return { outcome: 'ok', detail: reply.addresses.join(', ') };
}

/** The tool's own words, or Culprit's where it had none. */
function saidOr(text: string, saying: FlowSaying): Pick<Ending, 'detail' | 'saying'> {
  const detail = brief(text);
  return detail === '' ? { detail, saying } : { detail };
}

/**
 * How a flow ended, from what was printed about it. A flow that never began is `skipped`: the place it starts from
 * could not be entered; `otherwise` (that place's own error text) says why.
 */
export function judge(spec: FlowSpec, attempt: Try, otherwise = ''): Ending {
  const last = attempt.steps.at(-1);
  if (!attempt.began) return { outcome: 'skipped', ms: 0, ...saidOr(otherwise, 'not-there') };
  if (!last) return { outcome: 'timeout', ms: GAVE_UP_MS, detail: '' };
  const name = attempt.steps.find((s) => s.word === 'resolved');
  return { ms: last.ms, ...(name && { resolved: brief(name.said) }), ...ended(spec, last) };
}

function ended(spec: FlowSpec, { word, said }: Try['steps'][number]): Omit<Ending, 'ms'> {
  switch (word) {
    case 'connected':
      return { outcome: 'ok', detail: '' };
    case 'no-tool':
      return { outcome: 'skipped', detail: brief(said), saying: 'no-tool' };
    case 'unknown':
      return { outcome: 'name-not-found', detail: '', saying: 'no-address' };
    case 'closed':
      return { outcome: 'reset', detail: '', saying: 'closed' };
    case 'answered':
      return spec.to.what === 'dns-server'
        ? fromDns(said, spec.to.proto === 'tcp')
        : { outcome: 'stalls-when-large', detail: '', saying: 'stalled' };
    case 'opened':
      return { outcome: 'timeout', detail: '', saying: 'silent' };
    case 'resolved':
      return { outcome: 'timeout', detail: '' };
    case 'no-address':
    case 'no-dns':
      // names are asked over UDP, whatever the connection is
      return fromDns(said, false);
    default:
      return { outcome: fromWords(said), detail: brief(said) };
  }
}
