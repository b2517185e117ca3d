import type { Answer } from '../connect/guest.ts';
import { lines, oneLine } from './lib/answer.ts';
import { numberIn, readHost } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { defineProbe } from './probe.ts';

export interface Conntrack {
  /** Connections tracked now, and at most; null while connection tracking is not loaded. */
  count: number | null;
  max: number | null;
  /** Since boot, of all CPUs: packets dropped because no entry could be made, and entries thrown out to make room. */
  dropped: number | null;
  earlyDropped: number | null;
  insertFailed: number | null;
  /** "table full, dropping packet" lines of the kernel log; only looked for when the table is nearly full. */
  fullLines: string[];
}

/** Sums a column of /proc/net/stat/nf_conntrack: a header, then a line of hexadecimal numbers for each CPU. */
function sum(table: string[], column: string): number | null {
  const at = table[0]?.trim().split(/\s+/).indexOf(column) ?? -1;
  if (at < 0) return null;
  return table
    .slice(1)
    .reduce((all, line) => all + (Number.parseInt(line.trim().split(/\s+/)[at] ?? '0', 16) || 0), 0);
}

function parse(answer: Answer): Conntrack {
  const { parts, files } = readHost(answer);
  const stat = files.get('/proc/net/stat/nf_conntrack') ?? [];
  return {
    count: numberIn(files, '/proc/sys/net/netfilter/nf_conntrack_count'),
    max: numberIn(files, '/proc/sys/net/netfilter/nf_conntrack_max'),
    dropped: sum(stat, 'drop'),
    earlyDropped: sum(stat, 'early_drop'),
    insertFailed: sum(stat, 'insert_failed'),
    fullLines: lines(parts.get('full')).map((l) => oneLine(l)),
  };
}

/** How full the kernel's table of connections is. */
export const conntrack = defineProbe({
  id: 'conntrack',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (c) =>
    c.max === null
      ? { en: 'connection tracking is not loaded', 'zh-CN': '未加载连接跟踪' }
      : {
          en: `${c.count} of ${c.max} connections`,
          'zh-CN': `当前 ${c.count} 个连接，上限 ${c.max}`,
        },
});
