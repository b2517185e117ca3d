import { readFileSync } from 'node:fs';
import type { Text } from '../../../shared/text.ts';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { legacyInUse, missingTool, nftInUse, noIptables } from '../can-run.ts';
import { RAW_PRIORITY, TRACE_BASES, traceChains, withoutOwnChains } from '../chains.ts';
import { keptScript } from '../keeper.ts';
import { kernelTraces, READER, WITH_LOGGER } from '../kernel-messages.ts';
import { listen } from '../listen.ts';

const CHAINS = readFileSync(new URL('./xtables.sh', import.meta.url), 'utf8');

const NFT_TOO: Text = {
  en: 'nf_tables has rules here, too, and this way of tracing does not hear of them',
  'zh-CN': '此处 nf_tables 也有规则，而这种跟踪方式听不到它们',
};

/** TRACE rules in the old iptables' raw table, told by the kernel's log: where nothing speaks to nf_tables. */
export const legacyTrace: TraceBackend = {
  id: 'legacy-trace',
  since: RAW_PRIORITY,
  whyNot: (facts) =>
    missingTool(facts, ['bash', 'nsenter', 'timeout', 'setsid']) ??
    noIptables(facts, 'legacy') ??
    (legacyInUse(facts)
      ? undefined
      : { en: 'iptables-legacy has no rules here', 'zh-CN': '此处 iptables-legacy 没有规则' }),
  unheard: (facts) => (nftInUse(facts) ? NFT_TOO : undefined),
  trace: (guest, task, signal) =>
    listen(
      guest,
      { id: 'legacy-trace', script: legacyScript(task), formats: [kernelTraces], adjust: withoutOwnChains },
      task,
      signal,
    ),
};

/** The whole script for a task. */
export function legacyScript(task: Pick<TraceTask, 'trials' | 'matches'>): string {
  return keptScript(task, {
    variables: {
      TOOLS: 'iptables-legacy iptables',
      KIND: 'legacy',
      RULES: traceChains(task.matches),
      BASES: TRACE_BASES,
    },
    arms: CHAINS + WITH_LOGGER,
    monitor: `${READER}read_kernel_log`,
  });
}
