import { dropText } from '../../../shared/drop-text.ts';
import type { Text } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { fromJourney, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { IP_SYSCTL, man } from '../sources.ts';

/** The kernel's words for why it drops, and where to look then. */
const REASONS: Record<string, Text> = {
  NEIGH_FAILED: {
    en: 'nobody answered for the next hop’s address (ARP): see ip neigh, arp_ignore, and filters on ARP',
    'zh-CN': '下一跳的地址无人应答（ARP）：请检查 ip neigh、arp_ignore 以及对 ARP 的过滤',
  },
  NEIGH_QUEUEFULL: {
    en: 'it waited for the next hop’s address (ARP) with too many others: nobody answers for it, see ip neigh',
    'zh-CN': '等待下一跳地址（ARP）的数据包过多：该地址无人应答，请检查 ip neigh',
  },
  NEIGH_CREATEFAIL: {
    en: 'the table of neighbours (ARP) took no further entry: see gc_thresh3',
    'zh-CN': '邻居（ARP）表无法再添加条目：请检查 gc_thresh3',
  },
  PKT_TOO_BIG: {
    en: 'it is larger than the MTU of the device it was to leave by',
    'zh-CN': '它大于出口设备的 MTU',
  },
  IP_INHDR: {
    en: 'its time to live (TTL) ran out here, or its header is damaged: see ip_default_ttl where it comes from, and rules that set the TTL',
    'zh-CN': '其生存时间（TTL）在此耗尽，或头部损坏：请检查发送处的 ip_default_ttl 以及设置 TTL 的规则',
  },
  IP_OUTNOROUTES: { en: 'no route leads there', 'zh-CN': '没有通往该处的路由' },
  IP_INADDRERRORS: {
    en: 'it is for somebody else, and forwarding is off where it came in',
    'zh-CN': '它的目的地不是本机，而其进入的接口未开启转发',
  },
  XFRM_POLICY: {
    en: 'an IPsec policy forbids it: see ip xfrm policy',
    'zh-CN': 'IPsec 策略禁止它：请查看 ip xfrm policy',
  },
  SOCKET_FILTER: {
    en: 'a filter of the program that it was for (BPF on its socket) threw it away',
    'zh-CN': '接收程序在其套接字上的过滤器（BPF）将其丢弃',
  },
  TCP_MD5NOTFOUND: {
    en: 'the program that it was for wants each packet signed (TCP_MD5SIG, as BGP does), and it was not',
    'zh-CN': '接收程序要求每个数据包都带签名（TCP_MD5SIG，如 BGP 所用），而它没有',
  },
  TCP_MD5UNEXPECTED: {
    en: 'it was signed (TCP_MD5SIG, as BGP does), and the program that it was for knows no key for its sender',
    'zh-CN': '它带有签名（TCP_MD5SIG，如 BGP 所用），而接收程序没有其发送者的密钥',
  },
  TCP_MD5FAILURE: {
    en: 'its signature (TCP_MD5SIG, as of BGP) is wrong: the two ends have different keys',
    'zh-CN': '其签名（TCP_MD5SIG，如 BGP 所用）有误：两端的密钥不同',
  },
  BPF_CGROUP_EGRESS: {
    en: 'a BPF program of the sender’s cgroup forbids it: see bpftool cgroup tree',
    'zh-CN': '发送者 cgroup 的 BPF 程序禁止它：请查看 bpftool cgroup tree',
  },
  XDP: {
    en: 'an XDP program on the device threw it away: see ip link show',
    'zh-CN': '设备上的 XDP 程序将其丢弃：请查看 ip link show',
  },
  TC_INGRESS: {
    en: 'a tc filter threw it away as it came in: see tc filter show dev DEVICE ingress',
    'zh-CN': 'tc 过滤器在其进入时将其丢弃：请查看 tc filter show dev 设备 ingress',
  },
  TC_EGRESS: {
    en: 'a tc filter threw it away as it was to leave: see tc filter show dev DEVICE egress',
    'zh-CN': 'tc 过滤器在其离开时将其丢弃：请查看 tc filter show dev 设备 egress',
  },
  QDISC_DROP: {
    en: 'the queue (tc qdisc) of the device threw it away: it is full, too slow, or made to lose packets',
    'zh-CN': '设备的队列（tc qdisc）将其丢弃：队列已满、过慢，或被设置为丢包',
  },
};

/** The kernel was seen to throw packets away, and no other rule knows the setting behind it. */
export const kernelDrop = defineRule({
  id: 'kernel-drop',
  needs: [],
  causes: {
    'kernel-drop': {
      sources: [
        IP_SYSCTL,
        man('tc(8)'),
        {
          title: 'Linux: enum skb_drop_reason (include/net/dropreason-core.h)',
          url: 'https://github.com/torvalds/linux/blob/master/include/net/dropreason-core.h',
        },
      ],
      holds: 'Linux 5.17 and later, which names its reasons',
    },
  },
  judge: (_, scene) => {
    const byReason = new Map<string, Journey[]>();
    for (const journey of scene.journeys) {
      const { drop, flowId } = journey;
      if (drop?.reason === undefined || !(drop.reason in REASONS)) continue;
      if (!scene.bad.some(({ id }) => id === flowId)) continue;
      const key = `${drop.reason} ${drop.oif ?? drop.iif ?? ''}`;
      byReason.set(key, [...(byReason.get(key) ?? []), journey]);
    }
    return [...byReason.values()].flatMap((journeys): Finding[] => {
      const [first] = journeys;
      const reason = first?.drop?.reason;
      const why = reason === undefined ? undefined : REASONS[reason];
      if (!first?.drop || !why) return [];
      const at = first.drop.oif ?? first.drop.iif;
      const flows = scene.bad.filter(({ id }) => journeys.some((j) => j.flowId === id));
      return [
        {
          id: 'kernel-drop',
          layer: 'kernel',
          lastResort: true,
          title: {
            en: `The kernel itself drops the packets${at ? ` at ${at}` : ''}: ${reason}`,
            'zh-CN': `内核自身${at ? `在 ${at} 处` : ''}丢弃了数据包：${reason}`,
          },
          says: {
            en: `No rule of a firewall ended these packets; the kernel did, and its reason is ${reason}: ${why.en}.`,
            'zh-CN': `终止这些数据包的不是防火墙规则，而是内核，原因为 ${reason}：${why['zh-CN']}。`,
          },
          grade: 'traced',
          owner: 'kernel',
          evidence: [
            ...journeys.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
            ...someFlows(flows),
          ],
          fixes: [],
          explains: flows.map((f) => f.id),
        },
      ];
    });
  },
});
