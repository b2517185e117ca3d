import { readFileSync } from 'node:fs';
import type { TraceBackend, TraceTask } from '../backend.ts';
import { missingTool, noIptables } from '../can-run.ts';
import { LIMIT, RAW_PRIORITY } from '../chains.ts';
import type { Happening, TraceFormat } from '../format.ts';
import { kernelLog } from '../formats/kernel-log.ts';
import { keptScript } from '../keeper.ts';
import { READER } from '../kernel-messages.ts';
import { listen } from '../listen.ts';
import { iptablesMatches } from '../match.ts';
import { SENTINEL } from '../own-table.ts';

// Each written out: the window's build looks for literal paths.
const CHAINS = readFileSync(new URL('./xtables.sh', import.meta.url), 'utf8');
const ARMS = readFileSync(new URL('./log.sh', import.meta.url), 'utf8');

interface Place {
  table: 'raw' | 'mangle' | 'security';
  chain: string;
  seenAt: 'start' | 'end';
}

/**
 * The first and the last place of each hook at which iptables can see a packet that nothing has decided about; of the
 * translation it sees nothing. Names are short, for a LOG rule's prefix has no more than 29 characters.
 */
const PLACES: Record<string, Place> = {
  pre_first: { table: 'raw', chain: 'PREROUTING', seenAt: 'start' },
  pre_last: { table: 'mangle', chain: 'PREROUTING', seenAt: 'end' },
  in_first: { table: 'mangle', chain: 'INPUT', seenAt: 'start' },
  in_last: { table: 'security', chain: 'INPUT', seenAt: 'end' },
  fwd_first: { table: 'mangle', chain: 'FORWARD', seenAt: 'start' },
  fwd_last: { table: 'security', chain: 'FORWARD', seenAt: 'end' },
  out_first: { table: 'raw', chain: 'OUTPUT', seenAt: 'start' },
  out_last: { table: 'security', chain: 'OUTPUT', seenAt: 'end' },
  post_first: { table: 'mangle', chain: 'POSTROUTING', seenAt: 'start' },
  post_last: { table: 'mangle', chain: 'POSTROUTING', seenAt: 'end' },
};
const places = Object.entries(PLACES);

/**
 * LOG rules, where nothing else can run: they show how far a packet got, and not which rule ended it. LOG finds the
 * kernel's logger by itself, whatever is bound for TRACE.
 */
export const log: TraceBackend = {
  id: 'log',
  since: RAW_PRIORITY,
  whyNot: (facts) =>
    missingTool(facts, ['bash', 'nsenter', 'timeout', 'setsid']) ??
    (noIptables(facts, 'nft') && noIptables(facts, 'legacy') && NO_IPTABLES),
  trace: (guest, task, signal) => {
    const adjust = (happening: Happening) => atPlace(happening, task.legacy);
    return listen(guest, { id: 'log', script: logScript(task), formats: [logged], adjust }, task, signal);
  },
};

const NO_IPTABLES = { en: 'the guest has no iptables', 'zh-CN': '虚拟机中没有 iptables' };

/** The LOG lines of the kernel's log; TRACE lines are another tracer's. */
const logged: TraceFormat = {
  ...kernelLog,
  reader: (emit) =>
    kernelLog.reader((traceId, happening) => {
      if (happening.table === 'LOG') emit(traceId, happening);
    }),
};

/** What a LOG line tells: the packet came by this place. Undefined for lines that are not ours. */
function atPlace({ what, family, chain: prefix, packet }: Happening, legacy: boolean): Happening | undefined {
  const place = PLACES[/^culprit_\d+ (\w+)$/.exec(prefix)?.[1] ?? ''];
  if (!place || !packet || what !== 'packet') return undefined;
  return { what, family, packet, ...place, ...(legacy ? { legacy: true } : {}) };
}

/** The whole script for a task. The rules are made in the guest: written out, they would be ten times as long. */
export function logScript(task: Pick<TraceTask, 'trials' | 'matches' | 'legacy'>): string {
  return keptScript(task, {
    variables: {
      TOOLS: task.legacy ? 'iptables-legacy iptables' : 'iptables iptables-nft iptables-legacy',
      KIND: task.legacy ? 'legacy' : '',
      BASES: [...new Set(places.map(([, { table, chain }]) => `${table}/${chain}`))].join(' '),
      PLACES: places
        .map(([name, { table, chain, seenAt }]) => `${name}/${table}/${chain}/${seenAt}`)
        .join(' '),
      MATCHES: [...new Set(task.matches.flatMap(iptablesMatches))].join('\n'),
      LIMIT,
      SENTINEL,
    },
    arms: CHAINS + ARMS,
    monitor: `${READER}read_kernel_log`,
  });
}
