import { readFileSync } from 'node:fs';
import type { Facts } from '../../probe/registry.ts';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { missingTool } from '../can-run.ts';
import { nftMonitor } from '../formats/nft-monitor.ts';
import { keptScript } from '../keeper.ts';
import { besideKernelLog, kernelTraces, WITH_LOGGER } from '../kernel-messages.ts';
import { listen } from '../listen.ts';
import { tableStatement } from '../own-table.ts';

const ARMS = readFileSync(new URL('./nft-table.sh', import.meta.url), 'utf8');

/**
 * The same as nft-owner where there are no owner tables: a keeper in the guest takes the table back. Where the old iptables
 * has rules, too, the same mark makes it speak, through the kernel's log.
 */
export const nftTable: TraceBackend = {
  id: 'nft-table',
  whyNot: (facts: Facts) => missingTool(facts, ['nft', 'bash', 'nsenter', 'timeout', 'setsid']),
  trace: (guest, task, signal) =>
    listen(
      guest,
      {
        id: 'nft-table',
        script: tableScript(task),
        formats: task.legacy ? [nftMonitor, kernelTraces] : [nftMonitor],
      },
      task,
      signal,
    ),
};

/** The whole script for a task. */
export function tableScript(task: Pick<TraceTask, 'trials' | 'matches' | 'legacy'>): string {
  const monitor = 'nft -a monitor trace';
  const statement = (sentinel: 'first' | 'last') => tableStatement('@NAME@', task.matches, '', sentinel);
  if (!task.legacy)
    return keptScript(task, {
      variables: { TABLE: statement('first') },
      arms: ARMS,
      monitor: `exec ${monitor}`,
    });
  return keptScript(task, {
    // the old iptables has to see the sentinel, too
    variables: { TABLE: statement('last') },
    arms: ARMS + WITH_LOGGER,
    monitor: besideKernelLog(monitor),
  });
}
