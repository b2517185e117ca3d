import type { Happening } from './format.ts';
import { iptablesMatches, type PacketMatch } from './match.ts';
import { SENTINEL } from './own-table.ts';

/** At most this many packets a second for each match: a burst must not drown the tracer. */
export const LIMIT = '-m limit --limit 20/second --limit-burst 20';

/** Priority of iptables' raw table: what comes before it these tracers do not see. */
export const RAW_PRIORITY = -300;

/** The base chains that jump to ours, as xtables.sh wants them. */
export const TRACE_BASES = 'raw/PREROUTING raw/OUTPUT';

/** The last base chain in which the old and the new iptables have both seen what leaves; the sentinel can go there. */
export const LAST_BASE = 'security/OUTPUT';

/**
 * Our chains in iptables' raw table, the first that packets meet: what `iptables-restore --noflush` makes of the matches,
 * in one transaction. `@NAME@` becomes `culprit_PID` in the guest: it marks what is ours. The sentinel's rules come with
 * all the others: once the sentinel is traced, everything is. It is dropped at once, or after all others have seen it.
 */
export function traceChains(matches: readonly PacketMatch[], sentinel: 'first' | 'last' = 'first'): string {
  const marks = [...new Set(matches.flatMap(iptablesMatches))].map((match) => `${match} ${LIMIT} -j TRACE`);
  const goes = `-d ${SENTINEL} -j DROP`;
  const first = [`-d ${SENTINEL} -j TRACE`, ...(sentinel === 'first' ? [goes] : [])];
  return [
    '*raw',
    ':@NAME@_pre - [0:0]',
    ':@NAME@_out - [0:0]',
    ...marks.map((rule) => `-A @NAME@_pre ${rule}`),
    ...[...first, ...marks].map((rule) => `-A @NAME@_out ${rule}`),
    '-I PREROUTING 1 -j @NAME@_pre',
    '-I OUTPUT 1 -j @NAME@_out',
    'COMMIT',
    ...(sentinel === 'last'
      ? ['*security', ':@NAME@_end - [0:0]', `-A @NAME@_end ${goes}`, '-I OUTPUT 1 -j @NAME@_end', 'COMMIT']
      : []),
  ].join('\n');
}

const OWN_CHAIN = /^culprit_\d+_(pre|out|end)$/;

/**
 * Takes our chains out of what is seen: a packet is first seen inside of one, and is told to be in the chain from which
 * that is jumped to. Where rules are told by number, those behind our jump count one more.
 */
export function withoutOwnChains(happening: Happening): Happening | undefined {
  const [, own] = OWN_CHAIN.exec(happening.chain) ?? [];
  if (own === 'end' || OWN_CHAIN.test(happening.target ?? '')) return undefined;
  if (own) {
    const chain = own === 'pre' ? 'PREROUTING' : 'OUTPUT';
    return happening.what === 'packet' ? { ...happening, chain } : undefined;
  }
  const { table, chain, rule } = happening;
  if (rule?.position === undefined || table !== 'raw' || !['PREROUTING', 'OUTPUT'].includes(chain))
    return happening;
  return { ...happening, rule: { ...rule, position: rule.position - 1 } };
}
