import { readFileSync } from 'node:fs';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { legacyInUse, missingTool, noIptables } from '../can-run.ts';
import { TRACE_BASES, traceChains, withoutOwnChains } from '../chains.ts';
import { keptScript } from '../keeper.ts';
import { kernelTraces, LOGGER, READER } from '../kernel-messages.ts';
import { listen } from '../listen.ts';

// Each written out: the window's build looks for literal paths.
const CHAINS = readFileSync(new URL('./xtables.sh', import.meta.url), 'utf8');
const ARMS = readFileSync(new URL('./legacy-trace.sh', import.meta.url), 'utf8');

/** TRACE rules in the old iptables' raw table, told by the kernel's log: where nothing speaks to nf_tables. */
export const legacyTrace: TraceBackend = {
  id: 'legacy-trace',
  whyNot: (facts) =>
    missingTool(facts, ['bash', 'nsenter', 'timeout', 'setsid']) ??
    noIptables(facts, 'legacy') ??
    (legacyInUse(facts)
      ? undefined
      : { en: 'iptables-legacy has no rules here', 'zh-CN': '此处 iptables-legacy 没有规则' }),
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
    arms: CHAINS + LOGGER + ARMS,
    monitor: `${READER}read_kernel_log`,
  });
}
