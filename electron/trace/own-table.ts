import type { FlowSpec } from '../../shared/flow.ts';
import type { BaseChain } from './stops.ts';

/**
 * Our own table: first on the hooks where packets come in, to mark the probe packets for tracing; last on every hook, to
 * see that they got that far, and with which addresses. It never gives a verdict to a packet but our own sentinel.
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

/** A match on an address: none at all where it is not known beforehand, as with names. */
function host(field: 'saddr' | 'daddr', addresses: readonly string[]): string {
  if (addresses.length === 0) return '';
  return addresses.length === 1 ? `ip ${field} ${addresses[0]} ` : `ip ${field} { ${addresses.join(', ')} } `;
}

/** SYN or RST: the packets that open or refuse a connection, and no data. */
const OPENING = 'tcp flags & (syn|rst) != 0x0';

/**
 * The nft matches for one flow's packets: what it sends, and what comes back, also from behind a published port.
 * `addresses` are those that its destination stands for. Everything is an address or a number by now, never text from
 * outside.
 */
export function matchesFor(
  flow: FlowSpec,
  sources: readonly string[],
  addresses: readonly string[],
): string[] {
  const { proto, behind } = flow.to;
  const port = flow.to.guestPort ?? flow.to.port;
  if (proto === 'icmp') {
    return [
      `${host('saddr', sources)}${host('daddr', addresses)}icmp type echo-request`,
      `${host('saddr', addresses)}icmp type echo-reply`,
    ];
  }
  const only = proto === 'tcp' ? ` ${OPENING}` : '';
  const matches = [
    `${host('saddr', sources)}${host('daddr', addresses)}${proto} dport ${port}${only}`,
    `${host('saddr', addresses)}${proto} sport ${port}${only}`,
  ];
  if (behind) {
    matches.push(`ip saddr ${behind.host} ${proto} sport ${behind.port}${only}`);
    matches.push(`ip daddr ${behind.host} ${proto} dport ${behind.port}${only}`);
  }
  return matches;
}

/** ICMP errors for a flow: they carry the reason why it was rejected. */
export function errorsFor(sources: readonly string[]): string {
  return `${host('daddr', sources)}icmp type { destination-unreachable, time-exceeded }`;
}

/**
 * The nft statement that makes the table, in one line and so in one transaction (nft 0.9.8 wants the semicolon before
 * each brace). `name` may be a shell variable; `flags` for instance `flags owner;`. The sentinel's rule comes with all
 * the others: once the sentinel is traced, everything is.
 */
export function tableStatement(name: string, matches: readonly string[], flags: string): string {
  const marks = [...new Set(matches)].map((match) => `${match} ${LIMIT} meta nftrace set 1; `).join('');
  const rules: Record<string, string> = {
    pre_first: marks,
    out_first: `ip daddr ${SENTINEL} meta nftrace set 1 drop; ${marks}`,
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
