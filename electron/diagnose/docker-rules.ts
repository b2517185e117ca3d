import type { Fix } from '../../shared/cause.ts';
import { findChain, type Ruleset } from '../probe/lib/nft-model.ts';

/** Docker sets all of its rules, and firewalld's zones for its bridges, when it starts. */
export const RESTART_DOCKER: Fix = {
  title: { en: 'Restart docker', 'zh-CN': '重启 docker' },
  commands: ['systemctl restart docker'],
  undo: [],
  warning: {
    en: 'Restarts every container, unless live-restore is on.',
    'zh-CN': '会重启所有容器（除非启用了 live-restore）。',
  },
};

/** Does the rule jump to this chain? */
function jumpsTo(ruleset: Ruleset, table: string, chain: string, target: string): boolean {
  return (findChain(ruleset, 'ip', table, chain)?.rules ?? []).some((r) => r.text.includes(`jump ${target}`));
}

/**
 * What of Docker's own iptables set-up is not there, as a person would name it. Only meaningful for an engine that sets
 * rules through iptables-nft and was not told to leave them alone.
 */
export function dockerChainsMissing(ruleset: Ruleset): string[] {
  const missing: string[] = [];
  const user = jumpsTo(ruleset, 'filter', 'FORWARD', 'DOCKER-USER');
  const own = ['DOCKER', 'DOCKER-FORWARD', 'DOCKER-CT'].some((t) => jumpsTo(ruleset, 'filter', 'FORWARD', t));
  if (!user && !own) missing.push('the jumps to DOCKER in filter FORWARD');
  if (!jumpsTo(ruleset, 'nat', 'PREROUTING', 'DOCKER')) missing.push('the jump to DOCKER in nat PREROUTING');
  if (!masquerades(ruleset).length) missing.push('MASQUERADE in nat POSTROUTING');
  return missing;
}

/** Texts of all rules that masquerade or snat, in any table. */
export function masquerades(ruleset: Ruleset): string[] {
  return ruleset.chains
    .flatMap((c) => c.rules)
    .filter((r) => /\b(masquerade|snat)\b|MASQUERADE|SNAT/.test(r.text))
    .map((r) => r.text);
}
