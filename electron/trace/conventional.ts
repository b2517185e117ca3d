import { isOwnTable, OWN_CHAINS } from './own-table.ts';
import type { BaseChain, BaseChainOf } from './stops.ts';

const IPTABLES_HOOKS: Record<string, string> = {
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
};
/** Priorities of iptables' tables (include/uapi/linux/netfilter_ipv4.h); nat has one for each direction. */
const IPTABLES_PRIORITIES: Record<string, number> = { raw: -300, mangle: -150, filter: 0, security: 50 };
/** firewalld hangs each of its chains 10 after the chain of iptables that does the same. */
const FIREWALLD_OFFSET = 10;

/**
 * What the names of iptables', firewalld's and our own base chains tell, where there is no ruleset to look at. Other tables' chains
 * can be called anything: undefined.
 */
export const conventionalBase: BaseChainOf = (family, table, chain) => {
  if (isOwnTable(table)) return OWN_CHAINS[chain];
  if (family === 'ip' || family === 'ip6') return iptablesBase(table, chain);
  const [, inTable, inChain] = /^(raw|mangle|nat|filter)_([A-Z]+)$/.exec(chain) ?? [];
  if (table !== 'firewalld' || inTable === undefined || inChain === undefined) return undefined;
  const base = iptablesBase(inTable, inChain);
  return base && { ...base, priority: (base.priority ?? 0) + FIREWALLD_OFFSET };
};

function iptablesBase(table: string, chain: string): Required<BaseChain> | undefined {
  const hook = IPTABLES_HOOKS[chain];
  const destination = chain === 'PREROUTING' || chain === 'OUTPUT';
  const priority = table === 'nat' ? (destination ? -100 : 100) : IPTABLES_PRIORITIES[table];
  return hook === undefined || priority === undefined ? undefined : { hook, priority };
}
