import { readFileSync } from 'node:fs';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { missingTool, noIptables } from '../can-run.ts';
import { TRACE_BASES, traceChains, withoutOwnChains } from '../chains.ts';
import { xtablesMonitor as format } from '../formats/xtables-monitor.ts';
import { keptScript } from '../keeper.ts';
import { listen } from '../listen.ts';

const ARMS = readFileSync(new URL('./xtables.sh', import.meta.url), 'utf8');

/** TRACE rules through iptables-nft, told by `xtables-monitor`: where nft is missing, or its monitor dies. */
export const xtablesMonitor: TraceBackend = {
  id: 'xtables-monitor',
  whyNot: (facts) =>
    missingTool(facts, ['xtables-monitor', 'bash', 'nsenter', 'timeout', 'setsid']) ??
    noIptables(facts, 'nft'),
  trace: (guest, task, signal) =>
    listen(
      guest,
      { id: 'xtables-monitor', script: monitorScript(task), formats: [format], adjust: withoutOwnChains },
      task,
      signal,
    ),
};

/** The whole script for a task. */
export function monitorScript(task: Pick<TraceTask, 'trials' | 'matches'>): string {
  return keptScript(task, {
    variables: {
      TOOLS: 'iptables-nft iptables',
      KIND: 'nft',
      RULES: traceChains(task.matches),
      BASES: TRACE_BASES,
    },
    arms: ARMS,
    monitor: 'exec xtables-monitor --trace',
  });
}
