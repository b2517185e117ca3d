import { z } from 'zod';
import { readIp } from './lib/ip-answer.ts';
import { IP_COMMAND } from './lib/ip-command.ts';
import { defineProbe } from './probe.ts';

const Raw = z.array(
  z.object({
    ifindex: z.number(),
    ifname: z.string(),
    link: z.string().optional(),
    link_index: z.number().optional(),
    link_netnsid: z.number().optional(),
    master: z.string().optional(),
    flags: z.array(z.string()).default([]),
    mtu: z.number().default(0),
    qdisc: z.string().optional(),
    operstate: z.string().default('UNKNOWN'),
    address: z.string().optional(),
    xdp: z.object({ prog: z.object({ id: z.number() }).optional() }).optional(),
    altnames: z.array(z.string()).default([]),
    linkinfo: z
      .object({
        info_kind: z.string().optional(),
        info_data: z
          .object({
            vlan_filtering: z.number().optional(),
          })
          .optional(),
        info_slave_data: z
          .object({
            state: z.string().optional(),
            isolated: z.boolean().optional(),
            hairpin: z.boolean().optional(),
            learning: z.boolean().optional(),
            flood: z.boolean().optional(),
            bcast_flood: z.boolean().optional(),
            locked: z.boolean().optional(),
          })
          .optional(),
      })
      .optional(),
    addr_info: z
      .array(
        z.object({
          family: z.string(),
          local: z.string().optional(),
          prefixlen: z.number(),
          scope: z.string().optional(),
        }),
      )
      .default([]),
  }),
);

export interface Address {
  family: 4 | 6;
  address: string;
  prefix: number;
  scope: string;
}

/** A network interface of the VM. */
export interface Interface {
  index: number;
  name: string;
  altNames: string[];
  /** `bridge`, `veth`, `tun`, …; 'ether' or 'loopback'-like hardware has none and is ''. */
  kind: string;
  /** The administrative switch: the UP flag. A bridge without it forwards nothing. */
  up: boolean;
  /** Carrier: LOWER_UP. A bridge without ports has none, which is harmless. */
  carrier: boolean;
  /** The kernel's word: UP, DOWN, LOWERLAYERDOWN, UNKNOWN (lo, tun). */
  state: string;
  flags: string[];
  mtu: number;
  mac: string;
  qdisc: string;
  /** Bridge (or bond) that this is a port of. */
  master: string | null;
  /** As a bridge port: `forwarding`, `disabled`, …. */
  portState: string | null;
  /** As a bridge port: may not talk to other isolated ports. */
  isolated: boolean;
  /** As a bridge port: the bridge notes who sends from there. */
  learning: boolean;
  /** As a bridge port: it is sent what is for an address that the bridge does not know. */
  flood: boolean;
  /** As a bridge port: it is sent what others say to everybody. */
  bcastFlood: boolean;
  /** As a bridge port: only from senders that the bridge knows there anything is taken. */
  locked: boolean;
  /** As a bridge: it asks of each packet whether its port belongs to the packet's VLAN. */
  vlanFiltering: boolean;
  /** Id of the XDP program that sees everything that comes in, before the network stack does. */
  xdp: number | null;
  /** Index of the other end of a veth; in the namespace `peerNetns` if that is not null (an id of `ip netns`, local to the VM). */
  peerIndex: number | null;
  peerNetns: number | null;
  addresses: Address[];
}

type RawInterface = z.infer<typeof Raw>[number];

function toInterface(raw: RawInterface): Interface {
  const slave = raw.linkinfo?.info_slave_data;
  return {
    index: raw.ifindex,
    name: raw.ifname,
    altNames: raw.altnames,
    kind: raw.linkinfo?.info_kind ?? '',
    up: raw.flags.includes('UP'),
    carrier: raw.flags.includes('LOWER_UP'),
    state: raw.operstate,
    flags: raw.flags,
    mtu: raw.mtu,
    mac: raw.address ?? '',
    qdisc: raw.qdisc ?? '',
    master: raw.master ?? null,
    portState: slave?.state ?? null,
    isolated: slave?.isolated ?? false,
    learning: slave?.learning ?? true,
    flood: slave?.flood ?? true,
    bcastFlood: slave?.bcast_flood ?? true,
    locked: slave?.locked ?? false,
    vlanFiltering: raw.linkinfo?.info_data?.vlan_filtering === 1,
    xdp: raw.xdp?.prog?.id ?? null,
    peerIndex: raw.link_index ?? null,
    peerNetns: raw.link_netnsid ?? null,
    addresses: raw.addr_info.flatMap((a): Address[] =>
      a.local === undefined
        ? []
        : [
            {
              family: a.family === 'inet6' ? 6 : 4,
              address: a.local,
              prefix: a.prefixlen,
              scope: a.scope ?? '',
            },
          ],
    ),
  };
}

/** Reads `ip -j -d address`. Throws `NoFact` when it is not what iproute2 prints. */
export function parseInterfaces(json: unknown): Interface[] {
  // iproute2 before 4.19 leaves an empty object where it filtered an interface out.
  const seen = Array.isArray(json)
    ? json.filter((x) => x !== null && typeof x === 'object' && 'ifname' in x)
    : json;
  return Raw.parse(seen).map(toInterface);
}

/** Network interfaces of the VM: links, bridges and their ports, addresses. */
export const interfaces = defineProbe({
  id: 'interfaces',
  command: IP_COMMAND,
  parse: (answer) => parseInterfaces(readIp(answer).addresses),
  summary: (all) => {
    const bridges = all.filter((i) => i.kind === 'bridge').length;
    const ports = all.filter((i) => i.master !== null).length;
    const down = all.filter((i) => !i.up).length;
    return {
      en: `${all.length} interfaces: ${bridges} bridges, ${ports} bridge ports, ${down} down`,
      'zh-CN': `${all.length} 个网络接口：${bridges} 个网桥，${ports} 个网桥端口，${down} 个处于 DOWN 状态`,
    };
  },
});
