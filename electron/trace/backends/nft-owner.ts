import { readFileSync } from 'node:fs';
import type { Text } from '../../../shared/text.ts';
import { quote } from '../../connect/quote.ts';
import { flowScript } from '../../flow/script.ts';
import type { Facts } from '../../probe/registry.ts';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { legacyInUse, missingTool, older } from '../can-run.ts';
import { nftMonitor } from '../formats/nft-monitor.ts';
import { LIMIT_S, listen } from '../listen.ts';
import { OWN_TABLE, SENTINEL, tableStatement } from '../own-table.ts';

// Each written out: the window's build looks for literal paths.
const HOLD = readFileSync(new URL('./nft-owner.sh', import.meta.url), 'utf8');
const LISTEN = readFileSync(new URL('./listen.sh', import.meta.url), 'utf8');

/**
 * `nft monitor trace` with a table of our own that has `flags owner`: the kernel removes it with the process that made
 * it, even after SIGKILL. Linux 5.12 and nft 0.9.9 or newer.
 */
export const nftOwner: TraceBackend = {
  id: 'nft-owner',
  whyNot,
  trace: (guest, task, signal) =>
    listen(guest, { id: 'nft-owner', script: ownerScript(task), formats: [nftMonitor] }, task, signal),
};

function whyNot(facts: Facts): Text | undefined {
  const missing = missingTool(facts, ['nft', 'bash', 'nsenter', 'timeout']);
  if (missing) return missing;
  const nft = facts.versions.ok ? facts.versions.value.nft : undefined;
  if (nft && older(nft, [0, 9, 9])) return noOwnerTables(`nft ${nft}`, '0.9.9');
  const kernel = facts.system.ok ? facts.system.value.kernel : undefined;
  if (kernel && older(kernel, [5, 12, 0])) return noOwnerTables(`Linux ${kernel}`, '5.12');
  return legacyInUse(facts) ? LEGACY_TOO : undefined;
}

const LEGACY_TOO: Text = {
  en: 'iptables-legacy has rules here, too: a logger has to be bound to see them, and a watchdog to take it back',
  'zh-CN': '此处 iptables-legacy 也有规则：需要绑定日志记录器才能看到它们，还需要看护进程将其撤销',
};

function noOwnerTables(what: string, since: string): Text {
  return {
    en: `${what} is older than ${since} and knows no owner tables`,
    'zh-CN': `${what} 早于 ${since}，不支持 owner 表`,
  };
}

/** The whole script for a task: what varies, then the fixed parts. `$$` tells apart two Culprits at one guest. */
export function ownerScript(task: Pick<TraceTask, 'trials' | 'matches'>): string {
  const statement = tableStatement('@NAME@', task.matches, 'flags owner;');
  const body = [
    `TABLE=${quote(statement)}`,
    `TABLE=\${TABLE/@NAME@/${OWN_TABLE}_$$}`,
    `SENTINEL=${SENTINEL}`,
    `LIMIT=${LIMIT_S}`,
    `flows() {\n${flowScript(task.trials)}}`,
    HOLD + LISTEN,
  ].join('\n');
  return `exec bash -c ${quote(body)}`;
}
