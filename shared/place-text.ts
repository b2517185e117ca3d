import type { Lang } from './text.ts';
import type { RulePlace, Stop } from './trace.ts';

/** Whose table it is: nft's family, or the old iptables or ebtables, whose tables have the same names as those of iptables-nft. */
export function worldOf(of: Pick<RulePlace, 'family' | 'backend'> | Pick<Stop, 'family' | 'legacy'>): string {
  const legacy = 'backend' in of ? of.backend === 'legacy' : 'legacy' in of && of.legacy === true;
  if (!legacy) return of.family;
  if (of.family === 'bridge') return 'ebtables-legacy';
  return of.family === 'ip6' ? 'ip6tables-legacy' : 'iptables-legacy';
}

/** Where a rule stands, in one line: `inet firewalld filter_FWD_public, rule 5, handle 147 (hook forward, …)`. */
export function placeText(place: RulePlace, lang: Lang): string {
  const chain = `${worldOf(place)} ${place.table} ${place.chain}`;
  const jumped = place.baseChain !== place.chain;
  const priority = place.priority === undefined ? '' : String(place.priority);
  if (lang === 'en') {
    const position = place.position === undefined ? '' : `, rule ${place.position}`;
    const handle = place.handle === undefined ? '' : `, handle ${place.handle}`;
    const of = place.device === undefined ? '' : ` of ${place.device}`;
    const from = jumped ? `, reached from base chain ${place.baseChain}` : '';
    const order = priority === '' ? '' : `, priority ${priority}`;
    return `${chain}${position}${handle} (hook ${place.hook}${of}${from}${order})`;
  }
  const position = place.position === undefined ? '' : `，第 ${place.position} 条规则`;
  const handle = place.handle === undefined ? '' : `，句柄 ${place.handle}`;
  const of = place.device === undefined ? '' : `${place.device} 的`;
  const from = jumped ? `，从基础链 ${place.baseChain} 跳转而来` : '';
  const order = priority === '' ? '' : `，优先级 ${priority}`;
  return `${chain}${position}${handle}（${of}钩子 ${place.hook}${from}${order}）`;
}
