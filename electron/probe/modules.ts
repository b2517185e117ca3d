import { ITEMS, joined, type Text } from '../../shared/text.ts';
import type { Answer } from '../connect/guest.ts';
import { lines, oneLine } from './lib/answer.ts';
import { readHost } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { NO_LEGACY_TABLES } from './lib/phrases.ts';
import { defineProbe } from './probe.ts';

/** A protocol family's netfilter logger: 2 is IPv4, 7 bridges, 10 IPv6. */
export interface LogBinding {
  family: number;
  /** `nf_log_ipv4`, `nfnetlink_log`, …; null when none is bound: then legacy TRACE prints nothing. */
  bound: string | null;
  /** Loggers that are loaded and could be bound. */
  available: string[];
}

export interface Modules {
  /** Loaded kernel modules that have to do with the network; what is built into the kernel is not listed. */
  loaded: string[];
  loggers: LogBinding[];
  /** Tables of the old (legacy) iptables that exist in the kernel; null without root. */
  legacyTables: string[] | null;
  legacyTables6: string[] | null;
}

function parse(answer: Answer): Modules {
  const { parts, files } = readHost(answer);
  const loaded = lines(parts.get('modules')).map((m) => oneLine(m));
  // An empty file prints nothing, so without root it looks the same: the module tells them apart.
  const tables = (path: string, module: string): string[] | null =>
    files.get(path)?.map((t) => oneLine(t)) ?? (parts.has('root') || !loaded.includes(module) ? [] : null);
  return {
    loaded,
    loggers: (files.get('/proc/net/netfilter/nf_log') ?? []).flatMap((line): LogBinding[] => {
      const found = /^ *(\d+) (\S+) \((.*)\)$/.exec(line);
      if (!found) return [];
      const available = (found[3] ?? '').split(',').filter((name) => name !== '');
      return [
        { family: Number(found[1]), bound: found[2] === 'NONE' ? null : (found[2] ?? null), available },
      ];
    }),
    legacyTables: tables('/proc/net/ip_tables_names', 'ip_tables'),
    legacyTables6: tables('/proc/net/ip6_tables_names', 'ip6_tables'),
  };
}

/** Kernel modules, netfilter's loggers and the old iptables' tables. */
export const modules = defineProbe({
  id: 'modules',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (m) => {
    const legacy = [...new Set([...(m.legacyTables ?? []), ...(m.legacyTables6 ?? [])])];
    const names = legacy.join(', ');
    const tables: Text =
      names === '' ? NO_LEGACY_TABLES : { en: `legacy tables ${names}`, 'zh-CN': `legacy 表 ${names}` };
    const n = m.loaded.length;
    return joined([{ en: `${n} network modules`, 'zh-CN': `${n} 个网络模块` }, tables], ITEMS);
  },
});
