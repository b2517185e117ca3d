import { readFileSync } from 'node:fs';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { missingTool, noIptables } from '../can-run.ts';
import { LAST_BASE, RAW_PRIORITY, TRACE_BASES, traceChains, withoutOwnChains } from '../chains.ts';
import { xtablesMonitor as format } from '../formats/xtables-monitor.ts';
import { keptScript } from '../keeper.ts';
import { besideKernelLog, kernelTraces, WITH_LOGGER } from '../kernel-messages.ts';
import { listen } from '../listen.ts';

const ARMS = readFileSync(new URL('./xtables.sh', import.meta.url), 'utf8');

/**
 * TRACE rules through iptables-nft, told by `xtables-monitor`: where nft is missing, or its monitor dies. Where the old iptables
 * has rules, too, the same mark makes it speak, through the kernel's log.
 */
export const xtablesMonitor: TraceBackend = {
  id: 'xtables-monitor',
  since: RAW_PRIORITY,
  whyNot: (facts) =>
    missingTool(facts, ['xtables-monitor', 'bash', 'nsenter', 'timeout', 'setsid']) ??
    noIptables(facts, 'nft'),
  trace: (guest, task, signal) =>
    listen(
      guest,
      {
        id: 'xtables-monitor',
        script: monitorScript(task),
        formats: task.legacy ? [format, kernelTraces] : [format],
        adjust: withoutOwnChains,
      },
      task,
      signal,
    ),
};

/** The whole script for a task. */
export function monitorScript(task: Pick<TraceTask, 'trials' | 'matches' | 'legacy'>): string {
  const monitor = 'xtables-monitor --trace';
  const how = { TOOLS: 'iptables-nft iptables', KIND: 'nft' };
  if (!task.legacy)
    return keptScript(task, {
      variables: { ...how, RULES: traceChains(task.matches), BASES: TRACE_BASES },
      arms: ARMS,
      monitor: `exec ${monitor}`,
    });
  return keptScript(task, {
    // the old iptables has to see the sentinel, too
    variables: {
      ...how,
      RULES: traceChains(task.matches, 'last'),
      BASES: `${TRACE_BASES} ${LAST_BASE}`,
    },
    arms: ARMS + WITH_LOGGER,
    monitor: besideKernelLog(monitor),
  });
}
