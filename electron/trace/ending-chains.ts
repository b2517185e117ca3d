import type { Suspect } from '../../shared/trace.ts';
import type { IptablesTable } from '../probe/lib/iptables-save.ts';
import type { NftFamily } from '../probe/lib/nft-model.ts';
import type { Facts } from '../probe/registry.ts';
import { conventionalBase } from './conventional.ts';

/** A chain of either world, with what its rules say. */
export interface Chain extends Pick<Suspect, 'family' | 'table' | 'chain' | 'legacy'> {
  base?: Pick<Suspect, 'hook' | 'priority'> | undefined;
  policy?: string | null | undefined;
  /** Of chains that hang on devices (netdev). */
  devices?: readonly string[];
  texts: string[];
}

/** What ends packets, in nft's words and in iptables'; a map may hold such a verdict. */
const ENDS = /\b(?:drop|reject|queue|nfqueue|tarpit)\b|vmap @/i;
const JUMPS = /(?:\bjump|\bgoto|\s-[jg]) ([^\s,}]+)/g;
/** Comments and prefixes may say anything. */
const FREE_TEXT = /\b(?:comment|prefix) "(?:\\.|[^"\\])*"/g;

/** Can a packet end in this chain, or in one that it leads to? */
export function canEnd(chain: Chain, all: readonly Chain[], seen = new Set<string>()): boolean {
  if (chain.policy?.toLowerCase() === 'drop') return true;
  seen.add(chain.chain);
  return chain.texts.some((text) => {
    const told = text.replace(FREE_TEXT, '');
    // a rule whose text is not known may do anything
    if (told === '' || ENDS.test(told)) return true;
    return [...told.matchAll(JUMPS)].some(([, name = '']) => {
      const target = all.find(
        (c) =>
          c.chain === name &&
          c.table === chain.table &&
          c.family === chain.family &&
          c.legacy === chain.legacy,
      );
      return target !== undefined && !seen.has(name) && canEnd(target, all, seen);
    });
  });
}

/** The chains that IPv4 packets meet, of both worlds; undefined where neither is known. `families` of nft's. */
export function chainsOf(
  { ruleset, iptables }: Pick<Facts, 'ruleset' | 'iptables'>,
  families: readonly NftFamily[] = ['ip', 'inet', 'netdev'],
): Chain[] | undefined {
  if (!ruleset.ok && !iptables.ok) return undefined;
  const tables = iptables.ok ? iptables.value.tables.filter(({ family }) => family === 4) : [];
  // What iptables-nft made is in nft's own list, too
  const ofIptables = ruleset.ok ? tables.filter(({ backend }) => backend === 'legacy') : tables;
  const ofNft = ruleset.ok ? ruleset.value.chains.filter(({ family }) => families.includes(family)) : [];
  return [
    ...ofNft.map(({ family, table, name, base, rules }) => ({
      family,
      table,
      chain: name,
      ...(base
        ? { base: { hook: base.hook, priority: base.priority }, devices: base.devices, policy: base.policy }
        : {}),
      texts: rules.map(({ text }) => text),
    })),
    ...ofIptables.flatMap(chainsOfTable),
  ];
}

function chainsOfTable({ backend, table, chains }: IptablesTable): Chain[] {
  return chains.map(({ name, policy, rules }) => {
    const base = policy === null ? undefined : conventionalBase('ip', table, name);
    return {
      family: 'ip',
      table,
      chain: name,
      ...(backend === 'legacy' ? { legacy: true } : {}),
      ...(base ? { base: { hook: base.hook, priority: base.priority ?? 0 } } : {}),
      policy,
      texts: rules.map(({ text }) => text),
    };
  });
}
