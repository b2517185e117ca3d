import { z } from 'zod';
import { ITEMS, joined } from '../../shared/text.ts';
import type { Answer } from '../connect/guest.ts';
import {
  complaint,
  lines,
  needTool,
  notInstalled,
  printedNothing,
  readJson,
  sections,
} from './lib/answer.ts';
import { IP_COMMAND } from './lib/ip-command.ts';
import { readFilters, type TcFilter } from './lib/tc-filter.ts';
import { defineProbe, NoFact } from './probe.ts';

const RawQdisc = z.array(
  z.object({
    kind: z.string(),
    handle: z.string().optional(),
    dev: z.string(),
    root: z.boolean().optional(),
    parent: z.string().optional(),
    options: z.record(z.string(), z.unknown()).optional(),
  }),
);
/** A queue that a packet leaves (or, for ingress and clsact, enters) through. */
export interface Qdisc {
  dev: string;
  /** noqueue, fq_codel, netem, tbf, ingress, clsact, … */
  kind: string;
  /** The number that filters and classes name it by: `8001:`. */
  handle?: string;
  root: boolean;
  /** As tc prints them; of netem for instance loss-random.loss (a share of 1), delay.delay (seconds). */
  options: Record<string, unknown>;
}

export interface Tc {
  qdiscs: Qdisc[];
  ingress: TcFilter[];
  egress: TcFilter[];
}

function parse(answer: Answer): Tc {
  needTool(answer, 'ip');
  const parts = sections(answer.stdout);
  const text = parts.get('tc');
  if (text === undefined) throw notInstalled('tc');
  if (lines(text).length === 0) throw new NoFact('failed', complaint(answer, printedNothing('tc')));
  const filters = (section: string) =>
    [...parts].flatMap(([name, found]) =>
      name.startsWith(section) && lines(found).length > 0
        ? readFilters(name.slice(section.length), found)
        : [],
    );
  const qdiscs = readJson(text, RawQdisc, 'tc -j qdisc').map((q) => ({
    dev: q.dev,
    kind: q.kind,
    ...(q.handle === undefined ? {} : { handle: q.handle }),
    root: q.root ?? q.parent === undefined,
    options: q.options ?? {},
  }));
  return { qdiscs, ingress: filters('tc-filter '), egress: filters('tc-egress ') };
}

/** Queues of the VM's interfaces, and filters before them. */
export const tc = defineProbe({
  id: 'tc',
  command: IP_COMMAND,
  parse,
  summary: ({ qdiscs, ingress, egress }) => {
    const odd = qdiscs.filter((q) =>
      ['netem', 'tbf', 'ingress', 'clsact', 'htb', 'police', 'cake'].includes(q.kind),
    );
    if (odd.length === 0) return { en: 'ordinary queues only', 'zh-CN': '只有普通队列' };
    const queues = joined(
      odd.map(({ kind, dev }) => ({ en: `${kind} on ${dev}`, 'zh-CN': `${dev} 上有 ${kind}` })),
      ITEMS,
    );
    return {
      en: `${queues.en}; ${ingress.length + egress.length} filters`,
      'zh-CN': `${queues['zh-CN']}；${ingress.length + egress.length} 个过滤器`,
    };
  },
});
