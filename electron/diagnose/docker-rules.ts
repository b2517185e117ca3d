import type { Fix } from '../../shared/cause.ts';
import type { Iptables } from '../probe/iptables.ts';
import { iptablesChain } from '../probe/lib/iptables-save.ts';
import { findChain, type Ruleset } from '../probe/lib/nft-model.ts';
import { covers } from './covers.ts';

/** Docker sets all of its rules, and firewalld's zones for its bridges, when it starts. */
export const RESTART_DOCKER: Fix = {
  title: { en: 'Restart docker', 'zh-CN': '重启 docker' },
  commands: ['systemctl restart docker'],
  undo: [],
  applies: 'told',
  warning: {
    en: 'Restarts every container, unless live-restore is on.',
    'zh-CN': '会重启所有容器（除非启用了 live-restore）。',
  },
};

/** The rules of both worlds: Docker uses whichever iptables the guest has, and that can be the old one. */
export interface AllRules {
  ruleset: Ruleset;
  iptables: Iptables;
}

/** Does a chain jump to that one? */
export function jumpsTo(
  { ruleset, iptables }: AllRules,
  table: string,
  chain: string,
  target: string,
): boolean {
  const legacy = iptablesChain(iptables.tables, table, chain, 'legacy')?.rules ?? [];
  return (
    (findChain(ruleset, 'ip', table, chain)?.rules ?? []).some((r) => r.text.includes(`jump ${target}`)) ||
    legacy.some((r) => r.text.includes(`-j ${target}`))
  );
}

/**
 * What of Docker's own iptables set-up is not there, as a person would name it. Only meaningful for an engine that sets
 * rules through iptables and was not told to leave them alone.
 */
export function dockerChainsMissing(rules: AllRules): string[] {
  const missing: string[] = [];
  const user = jumpsTo(rules, 'filter', 'FORWARD', 'DOCKER-USER');
  const own = ['DOCKER', 'DOCKER-FORWARD', 'DOCKER-CT'].some((t) => jumpsTo(rules, 'filter', 'FORWARD', t));
  if (!user && !own) missing.push('the jumps to DOCKER in filter FORWARD');
  if (!jumpsTo(rules, 'nat', 'PREROUTING', 'DOCKER')) missing.push('the jump to DOCKER in nat PREROUTING');
  if (!masquerades(rules)) missing.push('MASQUERADE in nat POSTROUTING');
  return missing;
}

/** Does any rule masquerade or snat, in any table? */
function masquerades({ ruleset, iptables }: AllRules): boolean {
  const legacy = iptables.tables.filter((t) => t.backend === 'legacy').flatMap((t) => t.chains);
  return [...ruleset.chains, ...legacy].some((chain) =>
    chain.rules.some((r) => /\b(masquerade|snat)\b|MASQUERADE|SNAT/.test(r.text)),
  );
}

/** `-s` of a rule, and `-d`: the rule that lets a container reach itself by its published port has both. */
const SOURCE = /(! )?-s (\S+)/;
const TO_ITSELF = /(?:^|[^!]) -d (\S+)/;

/**
 * Can a rule give packets of this subnet another sender on their way out? Every rule of nftables' own that masquerades counts,
 * for nobody here knows for whom it is.
 */
export function translates(subnet: string, { ruleset, iptables }: AllRules): boolean {
  const [net] = subnet.split('/');
  const concerns = (text: string) => {
    const [, not, source] = SOURCE.exec(text) ?? [];
    const within = source !== undefined && covers(subnet, source.replace(/\/.*/, ''));
    if (within && TO_ITSELF.test(text)) return false;
    return source === undefined || not !== undefined || within || covers(source, net ?? '');
  };
  const old = iptables.tables
    .filter(({ family, table }) => family === 4 && table === 'nat')
    .flatMap(({ chains }) => chains.flatMap(({ rules }) => rules));
  return (
    old.some(({ text }) => /-j (MASQUERADE|SNAT|NETMAP)\b/.test(text) && concerns(text)) ||
    ruleset.chains.some(
      ({ family, table, rules }) =>
        !(family === 'ip' && table === 'nat') && rules.some(({ text }) => /\b(masquerade|snat)\b/.test(text)),
    )
  );
}
