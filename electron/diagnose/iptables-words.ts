import { quoteWhereNeeded } from '../connect/quote.ts';

/** A word of a rule as iptables-save writes it: bare, or in double quotes, in which a backslash keeps the next character. */
const WORD = /"((?:\\.|[^"\\])*)"|(\S+)/g;

/**
 * A rule as iptables-save prints it, for a shell: iptables-save quotes for iptables-restore, and a shell would still look for
 * `$(…)` within its double quotes.
 */
export function iptablesForShell(spec: string): string {
  return [...spec.matchAll(WORD)]
    .map(([, quoted, bare = '']) =>
      bare === '!' ? bare : quoteWhereNeeded(quoted?.replace(/\\(.)/g, '$1') ?? bare),
    )
    .join(' ');
}
