import { z } from 'zod';
import type { Answer } from '../connect/guest.ts';
import { lines, needTool, notInstalled, readJson, sections } from './lib/answer.ts';
import { IP_COMMAND } from './lib/ip-command.ts';
import { defineProbe } from './probe.ts';

const RawFdb = z.array(
  z.looseObject({
    mac: z.string(),
    ifname: z.string().default(''),
    master: z.string().optional(),
    state: z.string().default(''),
    flags: z.array(z.string()).default([]),
  }),
);
const RawVlans = z.array(
  z.object({
    ifname: z.string(),
    vlans: z.array(z.object({ vlan: z.number(), flags: z.array(z.string()).default([]) })).default([]),
  }),
);

/** Where a bridge looks for a hardware address. */
export interface KnownAddress {
  mac: string;
  port: string;
  bridge: string;
}

/** An address that a bridge was told, and as what, in words for `bridge fdb`: `static`, `permanent`, `static sticky`. */
export interface FixedAddress extends KnownAddress {
  as: string;
}

/** The VLAN that packets without a tag belong to when they come in by a port; null where they are thrown away. */
export interface PortVlan {
  port: string;
  untagged: number | null;
}

/** What bridges were told by hand, and what they found out. */
export interface Bridges {
  fixed: FixedAddress[];
  learnt: KnownAddress[];
  /** Only asked where a bridge filters by VLAN. */
  vlans: PortVlan[];
}

function parse(answer: Answer): Bridges {
  needTool(answer, 'ip');
  const parts = sections(answer.stdout);
  const fdb = parts.get('fdb');
  if (fdb === undefined) throw notInstalled('bridge');
  const vlan = parts.get('vlan');
  const entries = (lines(fdb).length === 0 ? [] : readJson(fdb, RawFdb, 'bridge fdb')).flatMap(
    ({ mac, ifname: port, master: bridge, state, flags }) =>
      bridge === undefined ? [] : [{ state, sticky: flags.includes('sticky'), at: { mac, port, bridge } }],
  );
  // learnt ones have no state, or are stale; the permanent ones are ports' own addresses, and those set by hand
  const byHand = (state: string) => ['static', 'permanent'].includes(state);
  return {
    fixed: entries.flatMap(({ state, sticky, at }) =>
      byHand(state) ? [{ ...at, as: sticky ? `${state} sticky` : state }] : [],
    ),
    learnt: entries.flatMap(({ state, at }) => (byHand(state) ? [] : [at])),
    vlans: (lines(vlan).length === 0 ? [] : readJson(vlan ?? '', RawVlans, 'bridge vlan')).map(
      ({ ifname, vlans }) => ({
        port: ifname,
        untagged: vlans.find(({ flags }) => flags.includes('PVID'))?.vlan ?? null,
      }),
    ),
  };
}

/** What the VM's bridges were told: which port leads to an address, which VLAN a port belongs to. */
export const bridges = defineProbe({
  id: 'bridges',
  command: IP_COMMAND,
  parse,
  summary: ({ fixed }) => ({
    en: `${fixed.length} fixed addresses`,
    'zh-CN': `${fixed.length} 个固定地址`,
  }),
});
