import type { Journey, Packet, RulePlace } from '../../shared/trace.ts';
import type { EbtablesChain, EbtablesRule } from '../probe/lib/ebtables-list.ts';
import { covers } from './covers.ts';
import type { Scene } from './rule.ts';

/** The base chain that ebtables hangs on a hook of the bridge, as the kernel's word for where netfilter dropped a packet names it. */
const CHAINS: Record<string, [table: string, chain: string][]> = {
  'bridge prerouting': [
    ['broute', 'BROUTING'],
    ['nat', 'PREROUTING'],
  ],
  'bridge input': [['filter', 'INPUT']],
  'bridge forward': [['filter', 'FORWARD']],
};
const PROTOCOLS: Record<string, string> = { '1': 'icmp', '6': 'tcp', '17': 'udp' };

/**
 * Journeys that the kernel said netfilter dropped on a bridge, as ended at the rule of the old ebtables which alone can have done
 * it. No tracer sees its tables; of two rules that may be it, neither is named.
 */
export function endedByEbtables({ journeys, facts }: Scene): Journey[] {
  const chains = facts.iptables.ok ? facts.iptables.value.bridge : [];
  return journeys.flatMap((journey): Journey[] => {
    const hook = journey.netfilter?.hook;
    if (journey.at || hook === undefined) return [];
    const found = (CHAINS[hook] ?? []).flatMap(([table, name]) => {
      const base = chains.find((c) => c.table === table && c.name === name);
      return base ? endings(base, base, chains, journey.packet, hook).places : [];
    });
    const [at] = found;
    return at && found.length === 1 ? [{ ...journey, end: 'dropped', at }] : [];
  });
}

interface Endings {
  places: RulePlace[];
  /** Does no packet of the kind get past? */
  closed: boolean;
}

function endings(
  chain: EbtablesChain,
  base: EbtablesChain,
  all: readonly EbtablesChain[],
  packet: Packet,
  hook: string,
  depth = 0,
): Endings {
  const places: RulePlace[] = [];
  for (const rule of chain.rules) {
    const holds = matches(rule, packet);
    if (holds === false) continue;
    const target = /-j (\S+)/.exec(rule.text)?.[1] ?? '';
    const own = all.find((c) => c.table === chain.table && c.name === target);
    const inner = own && depth < 8 ? endings(own, base, all, packet, hook, depth + 1) : undefined;
    if (target === 'DROP') places.push(placeOf(chain, base, hook, rule));
    if (inner) places.push(...inner.places);
    if (holds && (target === 'RETURN' || target === 'ACCEPT' || target === 'DROP' || inner?.closed))
      return { places, closed: target !== 'RETURN' };
  }
  if (chain.policy === 'DROP') places.push(placeOf(chain, base, hook));
  return { places, closed: false };
}

function placeOf(chain: EbtablesChain, base: EbtablesChain, hook: string, rule?: EbtablesRule): RulePlace {
  return {
    family: 'bridge',
    table: chain.table,
    chain: chain.name,
    hook: hook.replace('bridge ', ''),
    baseChain: base.name,
    rule: rule?.text ?? 'policy drop',
    // it is in the words of iptables but for the conditions
    ...(rule ? { iptables: rule.text, position: rule.position } : {}),
    policy: rule === undefined,
    backend: 'legacy',
  };
}

/** Does a rule hold for a packet of IPv4? Undefined where that can't be known: of its port and its hardware addresses, for one. */
function matches({ text }: EbtablesRule, packet: Packet): boolean | undefined {
  let sure = true;
  for (const [, not, option = '', inverted, value = ''] of text
    .replace(/^-A \S+ |-j .*$/g, '')
    .matchAll(/(! )?(-{1,2}[\w-]+) (! )?(\S+)/g)) {
    const fits = held(option, value, packet);
    if (fits === undefined) sure = false;
    else if (fits === (not !== undefined || inverted !== undefined)) return false;
  }
  return sure ? true : undefined;
}

function held(option: string, value: string, { src, dst, proto, sport, dport }: Packet): boolean | undefined {
  const within = (address: string) => {
    const [net = '', mask = '255.255.255.255'] = value.split('/');
    const bits = mask.includes('.')
      ? mask.split('.').reduce((sum, byte) => sum + Number(byte).toString(2).replaceAll('0', '').length, 0)
      : mask;
    return covers(`${net}/${bits}`, address);
  };
  const among = (port: number | undefined) => {
    const [from = '', to = from] = value.split(':');
    return port === undefined ? undefined : port >= Number(from) && port <= Number(to);
  };
  switch (option) {
    case '-p':
      return value === 'IPv4' || value === '0800';
    case '--ip-proto':
      return (PROTOCOLS[value] ?? value) === proto;
    case '--ip-src':
      return within(src);
    case '--ip-dst':
      return within(dst);
    case '--ip-sport':
      return among(sport);
    case '--ip-dport':
      return among(dport);
    default:
      return undefined;
  }
}
