import { nftMatch, nftOthers, type PacketMatch } from './match.ts';
import type { BaseChain } from './stops.ts';

/**
 * Our own table: first on the hooks where packets come in, to mark the probe packets for tracing; last on every hook, to
 * see that they got that far, and with which addresses. It never gives a verdict to a packet but our own sentinel: `accept` ends
 * one chain of ours, for packets that are not watched.
 */
export const OWN_TABLE = 'culprit';

const FIRST = -2147483648;
const LAST = 2147483647;

export const OWN_CHAINS: Record<string, Required<BaseChain>> = {
  pre_first: { hook: 'prerouting', priority: FIRST },
  pre_last: { hook: 'prerouting', priority: LAST },
  in_last: { hook: 'input', priority: LAST },
  fwd_last: { hook: 'forward', priority: LAST },
  out_first: { hook: 'output', priority: FIRST },
  out_last: { hook: 'output', priority: LAST },
  post_last: { hook: 'postrouting', priority: LAST },
};

/** An address of the machine's own loopback net that nobody uses ("CUL"): packets to it tell us how far the tracer is. */
export const SENTINEL = '127.67.85.76';

/** At most this many packets a second are traced for each match: a burst must not drown the monitor. */
const LIMIT = 'limit rate 20/second burst 20 packets';

/**
 * The nft statement that makes the table, in one line and so in one transaction (nft 0.9.8 wants the semicolon before
 * each brace). `name` may be a shell variable; `flags` for instance `flags owner;`. The sentinel's rule comes with all
 * the others: once the sentinel is traced, everything is. It is dropped at once, or after all others have seen it.
 */
export function tableStatement(
  name: string,
  matches: readonly PacketMatch[],
  flags: string,
  sentinel: 'first' | 'last' = 'first',
): string {
  // each rule costs those who only forward: one look-up before them costs the same, however many flows are watched
  const others = nftOthers(matches);
  const marks = [...new Set(matches.map(nftMatch))]
    .map((match) => `${match} ${LIMIT} meta nftrace set 1; `)
    .join('');
  const watched = others === '' ? marks : `${others} accept; ${marks}`;
  const rules: Record<string, string> = {
    pre_first: watched,
    out_first: `ip daddr ${SENTINEL} meta nftrace set 1${sentinel === 'first' ? ' drop' : ''}; ${watched}`,
    ...(sentinel === 'last' ? { out_last: `ip daddr ${SENTINEL} drop; ` } : {}),
  };
  const chains = Object.entries(OWN_CHAINS).map(
    ([chain, { hook, priority }]) =>
      `chain ${chain} { type filter hook ${hook} priority ${priority}; ${rules[chain] ?? ''}}; `,
  );
  return `table inet ${name} { ${flags} ${chains.join('')}}`;
}

/** Is this the name of a table of ours? */
export function isOwnTable(table: string): boolean {
  return table === OWN_TABLE || /^culprit_\d+$/.test(table);
}
