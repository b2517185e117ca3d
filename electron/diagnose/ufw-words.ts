import { quoteWhereNeeded } from '../connect/quote.ts';

const VERDICTS: Record<string, string> = { DROP: 'deny', REJECT: 'reject' };

/** What iptables writes besides a condition, with how many words follow it. */
const FILLER: Record<string, number> = { '--reject-with': 1, '-m': 1 };

/**
 * The rule of ufw that an iptables rule in one of its `ufw-user-` chains was made of, as it is typed after `ufw `: `route ` or
 * nothing, and the rest. undefined where there is anything in it that is not known.
 */
export function ufwWords(rule: string): { route: string; rest: string } | undefined {
  const [, chain, conditions = ''] = /^-A ufw-user-(input|output|forward) (.*)$/.exec(rule) ?? [];
  if (chain === undefined) return undefined;
  const words = conditions.split(' ');
  const seen = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word in FILLER) {
      i += FILLER[word] ?? 0;
      continue;
    }
    if (!/^(-s|-d|-p|-i|-o|-j|--sports?|--dports?)$/.test(word)) return undefined;
    seen.set(word.replace(/(port)s$/, '$1'), words[++i] ?? '');
  }
  const verdict = VERDICTS[seen.get('-j') ?? ''];
  if (verdict === undefined) return undefined;
  const end = (key: string, port: string) => {
    const ports = seen.get(port);
    const address = quoteWhereNeeded(seen.get(key) ?? 'any');
    return `${address}${ports === undefined ? '' : ` port ${quoteWhereNeeded(ports)}`}`;
  };
  const parts = [
    verdict,
    ...(chain === 'output' && !seen.has('-o') ? ['out'] : []),
    ...(seen.has('-i') ? [`in on ${quoteWhereNeeded(seen.get('-i') ?? '')}`] : []),
    ...(seen.has('-o') ? [`out on ${quoteWhereNeeded(seen.get('-o') ?? '')}`] : []),
    ...(seen.has('-p') ? [`proto ${quoteWhereNeeded(seen.get('-p') ?? '')}`] : []),
    `from ${end('-s', '--sport')}`,
    `to ${end('-d', '--dport')}`,
  ];
  return { route: chain === 'forward' ? 'route ' : '', rest: parts.join(' ') };
}
