import type { Text } from '../../shared/text.ts';
import type { Facts } from '../probe/registry.ts';
import type { Tool } from '../probe/versions.ts';

function toolsUnknown({ en, 'zh-CN': zh }: Text): Text {
  return { en: `the guest's tools are unknown (${en})`, 'zh-CN': `不清楚虚拟机中有哪些工具（${zh}）` };
}

/** The first of these tools that the guest does not have, as a sentence. */
export function missingTool(facts: Facts, tools: readonly Tool[]): Text | undefined {
  const { versions } = facts;
  if (!versions.ok) return toolsUnknown(versions.detail);
  const missing = tools.find((tool) => !versions.value.tools[tool]);
  return missing && { en: `the guest has no ${missing}`, 'zh-CN': `虚拟机中没有 ${missing}` };
}

/** Is a version ("5.10.0-32-cloud") older than this one? */
export function older(version: string, than: readonly [number, number, number]): boolean {
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

/** Does the old iptables do anything for IPv4 here? Its tables are often there and empty. */
export function legacyInUse(facts: Facts): boolean {
  return (
    facts.iptables.ok &&
    facts.iptables.value.tables.some(
      ({ backend, family, chains }) =>
        backend === 'legacy' &&
        family === 4 &&
        chains.some(({ policy, rules }) => rules.length > 0 || policy === 'DROP'),
    )
  );
}

/** Can a rule of nf_tables end a packet here? */
export function nftInUse(facts: Facts): boolean {
  return (
    facts.ruleset.ok &&
    facts.ruleset.value.chains.some(({ base, rules }) => rules.length > 0 || base?.policy === 'drop')
  );
}

/** Why there is no iptables of this kind in the guest: by its own name, or as plain `iptables`. */
export function noIptables({ versions }: Facts, kind: 'nft' | 'legacy'): Text | undefined {
  if (!versions.ok) return toolsUnknown(versions.detail);
  const { tools, iptables } = versions.value;
  if (tools[`iptables-${kind}`]) return undefined;
  const plain = kind === 'nft' ? 'nf_tables' : 'legacy';
  if (iptables?.backend === plain) return undefined;
  return kind === 'nft'
    ? {
        en: 'the guest has no iptables that speaks to nf_tables',
        'zh-CN': '虚拟机中没有使用 nf_tables 的 iptables',
      }
    : {
        en: 'the guest has no iptables that speaks to the old tables',
        'zh-CN': '虚拟机中没有使用旧式（legacy）表的 iptables',
      };
}
