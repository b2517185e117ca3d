import { z } from 'zod';
import { readIp } from './lib/ip-answer.ts';
import { IP_COMMAND } from './lib/ip-command.ts';
import { defineProbe } from './probe.ts';

const Raw = z.array(
  z.object({
    dst: z.string(),
    dev: z.string().default(''),
    lladdr: z.string().optional(),
    state: z.array(z.string()).default([]),
  }),
);

/** An entry of the ARP or IPv6 neighbour table. */
export interface Neighbour {
  address: string;
  dev: string;
  /** null while unknown (INCOMPLETE, FAILED). */
  mac: string | null;
  /** REACHABLE, STALE, DELAY, PROBE, FAILED, INCOMPLETE, PERMANENT, NOARP */
  state: string;
}

/** Reads `ip -j neighbour`. Throws on anything else. */
export function parseNeighbours(json: unknown): Neighbour[] {
  return Raw.parse(json).map((n) => ({
    address: n.dst,
    dev: n.dev,
    mac: n.lladdr ?? null,
    state: n.state[0] ?? '',
  }));
}

/** The VM's ARP and IPv6 neighbour tables. */
export const neighbours = defineProbe({
  id: 'neighbours',
  command: IP_COMMAND,
  parse: (answer) => parseNeighbours(readIp(answer).neighbours),
  summary: (all) => {
    const failed = all.filter((n) => n.state === 'FAILED' || n.state === 'INCOMPLETE').length;
    const fixed = all.filter((n) => n.state === 'PERMANENT').length;
    return {
      en: `${all.length} neighbours, ${failed} without an answer, ${fixed} set by hand`,
      'zh-CN': `${all.length} 个邻居，${failed} 个没有应答，${fixed} 个为手动设置`,
    };
  },
});
