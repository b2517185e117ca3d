import type { Text } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { chainOf } from '../death.ts';
import { blamed, metBy, type Passed } from '../passed.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { DOCKER_BRIDGE, type Knowledge, man, NFT, thread } from '../sources.ts';

/** Something that a rule did to packets which got lost after it, though the rule itself let them pass. */
interface Change extends Knowledge {
  id: string;
  is(passed: Passed, journey: Journey, scene: Scene): boolean;
  /** What one at least of the packets has to show; without it the rule alone is no proof. */
  shown?(journey: Journey): boolean;
  title(at: string): Text;
  why(rule: string, at: string): Text;
}

const SETS_TTL = /--ttl-(?:set|dec) \d+|\bip ttl set \d+/;
const SETS_ZONE = /\bct (?:original |reply )?zone set \d+|-j CT .*--zone(?:-orig|-reply)? \d+/;
const TRANSLATES = /\b(masquerade|snat)\b|-j (MASQUERADE|SNAT)\b/;
/** The ports that a rule gives to what it translates: `--to-ports 40000-40010`, `snat to 10.0.2.15:40000`. */
const TO_PORTS = /(?:--to-ports |(?:--to-source |\bto )[\d.-]*:)(\d+)(?:-(\d+))?/;

const CHANGES: readonly Change[] = [
  {
    id: 'not-tracked',
    sources: [man('iptables-extensions(8)'), NFT],
    is: ({ text }) => /\bnotrack\b|\bNOTRACK\b/.test(text),
    title: (at) => ({
      en: `A rule in ${at} exempts these packets from connection tracking, and so from NAT`,
      'zh-CN': `${at} 中的一条规则使这些数据包不被连接跟踪，因而也不做 NAT`,
    }),
    why: (rule, at) => ({
      en: `A rule in ${at} takes the packets out of connection tracking: ${rule}. What is not tracked is not translated, so that containers' packets leave with their own address (no MASQUERADE) and answers match no known connection.`,
      'zh-CN': `${at} 中的一条规则使数据包不被连接跟踪：${rule}。不被跟踪的数据包不做地址转换，因此容器的数据包以自身地址离开（没有 MASQUERADE），应答也不属于任何已知连接。`,
    }),
  },
  {
    id: 'conntrack-zone-one-way',
    sources: [man('iptables-extensions(8)'), NFT],
    is: ({ text }, journey, scene) => SETS_ZONE.test(text) && answeredToTheVm(journey, scene),
    title: (at) => ({
      en: `A rule in ${at} puts these packets into a conntrack zone of their own, and their answers are not translated back`,
      'zh-CN': `${at} 中的一条规则把这些数据包放入单独的连接跟踪区域（zone），应答因而不会被转换回来`,
    }),
    why: (rule, at) => ({
      en: `A rule in ${at} gives the packets a conntrack zone: ${rule}. Their answers are looked up in another zone, where nobody knows the connection: MASQUERADE's address is not turned back into the container's, and they end in the VM. A zone has to be given to both directions, or not at all.`,
      'zh-CN': `${at} 中的一条规则为数据包设置了连接跟踪区域：${rule}。应答在另一个区域中查找，那里没有该连接：MASQUERADE 的地址不会还原为容器地址，应答止于虚拟机。区域必须在两个方向上都设置，否则都不设置。`,
    }),
  },
  {
    id: 'masquerade-skipped',
    sources: [DOCKER_BRIDGE, man('iptables(8)')],
    is: ({ stop, verdict, place, text }, { last, nat, packet, direction }) =>
      direction === 'request' &&
      stop.hook === 'postrouting' &&
      place.table === 'nat' &&
      (verdict === 'accept' || verdict === 'return') &&
      last?.hook === 'postrouting' &&
      (nat?.src ?? packet.src) === packet.src &&
      !TRANSLATES.test(text),
    title: (at) => ({
      en: `A rule in ${at} lets these packets leave untranslated, before MASQUERADE`,
      'zh-CN': `${at} 中的一条规则让这些数据包在 MASQUERADE 之前未经转换就离开`,
    }),
    why: (rule, at) => ({
      en: `A rule in ${at} accepts the packets: ${rule}. In a nat chain that ends the look-up, so that the MASQUERADE behind it is never asked and they leave with the container's own address, to which no answer finds its way.`,
      'zh-CN': `${at} 中的一条规则接受了这些数据包：${rule}。在 nat 链中这会结束查找，其后的 MASQUERADE 不再生效，数据包以容器自身地址离开，应答无法返回。`,
    }),
  },
  {
    id: 'nat-ports-taken',
    sources: [
      man('iptables-extensions(8)'),
      thread('WaverleyLabs/fwknop#9', 'iptables: Remove --to-ports from MASQUERADE rules'),
      thread('moby/moby#51667', 'iptables SNAT Ephemeral Port Range and ipv4.ip_local_port_range'),
    ],
    is: ({ stop, text }, { direction, end, last, netfilter }) =>
      direction === 'request' &&
      end === 'lost' &&
      stop.hook === 'postrouting' &&
      last?.hook === 'postrouting' &&
      (netfilter?.hook ?? 'postrouting') === 'postrouting' &&
      TRANSLATES.test(text) &&
      portsOf(text) !== undefined,
    // connection tracking drops what would be a connection that exists already, as the packet is about to leave
    shown: ({ netfilter }) => netfilter?.hook === 'postrouting',
    title: (at) => ({
      en: `A rule in ${at} has too few ports for the connections that it translates`,
      'zh-CN': `${at} 中的一条规则转换连接时可用的端口太少`,
    }),
    why: (rule, at) => {
      const { from, to, count } = portsOf(rule) ?? { from: 0, to: 0, count: 0 };
      const few: Text =
        count === 1
          ? { en: `port ${from} alone`, 'zh-CN': `唯一的端口 ${from}` }
          : {
              en: `one of ${count} ports (${from} to ${to})`,
              'zh-CN': `${count} 个端口（${from} 至 ${to}）之一`,
            };
      return {
        en: `A rule in ${at} gives every connection ${few.en} as its sender: ${rule}. To one port of one server there can be no more connections than that at a time, those that ended minutes ago among them; the packet that opens one more is dropped by connection tracking as it is about to leave, and no rule shows it. So a few connections work and the others get no answer. Without the ports, MASQUERADE takes any that is free.`,
        'zh-CN': `${at} 中的一条规则把每个连接的源端口都改为${few['zh-CN']}：${rule}。到同一服务器同一端口的连接同时不能超过这个数量（包括几分钟前刚结束的）；再打开一个时，其数据包在即将离开时被连接跟踪丢弃，没有任何规则显示这一点。因此少数连接正常，其余得不到回应。去掉端口后，MASQUERADE 会使用任意空闲端口。`,
      };
    },
  },
  {
    id: 'queue-without-reader',
    sources: [man('iptables-extensions(8)'), NFT],
    is: ({ stop, text, verdict }, { stops }) =>
      stop === stops.at(-1) && (verdict === 'queue' || /\bqueue\b|-j NFQUEUE\b/.test(text)),
    title: (at) => ({
      en: `A rule in ${at} hands the packets to a program (NFQUEUE) that does not take them`,
      'zh-CN': `${at} 中的一条规则把数据包交给用户程序（NFQUEUE），但没有程序接收`,
    }),
    why: (rule, at) => ({
      en: `A rule in ${at} puts the packets into a queue for a program: ${rule}. They were seen no more after it: no program reads that queue, or the one that does throws them away. An intrusion filter or security agent that no longer runs leaves such rules behind.`,
      'zh-CN': `${at} 中的一条规则把数据包放入供程序读取的队列：${rule}。此后再也没有看到它们：没有程序读取该队列，或读取它的程序将其丢弃。已不再运行的入侵检测或安全代理常会留下这样的规则。`,
    }),
  },
  {
    id: 'ttl-runs-out',
    sources: [man('iptables-extensions(8)'), NFT],
    is: ({ text }, { end }) => SETS_TTL.test(text) && end !== 'delivered',
    title: (at) => ({
      en: `A rule in ${at} changes the TTL of these packets, and it runs out on the way`,
      'zh-CN': `${at} 中的一条规则修改了这些数据包的 TTL，使其在途中耗尽`,
    }),
    why: (rule, at) => ({
      en: `A rule in ${at} sets the time to live: ${rule}. Each router, the VM's own kernel first, takes one off, and throws a packet away that has none left; the sender is told “Time to live exceeded”, which programs show as “No route to host”.`,
      'zh-CN': `${at} 中的一条规则设置了生存时间（TTL）：${rule}。每个路由器（首先是虚拟机自己的内核）都会减一，减到零的数据包会被丢弃；发送者收到“Time to live exceeded”，程序通常显示为“No route to host”。`,
    }),
  },
];

/** An answer came, and was not on its way to who sent the request when it was seen last. */
function answeredToTheVm({ flowId, packet, direction }: Journey, { journeys }: Scene): boolean {
  return (
    direction === 'request' &&
    journeys.some(
      (j) =>
        j.flowId === flowId &&
        j.direction === 'reply' &&
        j.at === undefined &&
        j.stops.length > 0 &&
        j.stops.every((stop) => stop.hook === 'prerouting' && stop.packet.dst !== packet.src),
    )
  );
}

/** The source ports that a rule names for what it translates. */
function portsOf(rule: string): { from: number; to: number; count: number } | undefined {
  const [, first, last] = TO_PORTS.exec(rule) ?? [];
  if (first === undefined) return undefined;
  const [from, to] = [Number(first), Number(last ?? first)];
  return { from, to, count: to - from + 1 };
}

/** A rule let packets pass and changed them so that they were lost after it; no trace shows a drop there. */
export const changedOnTheWay = defineRule({
  id: 'changed-on-the-way',
  needs: ['ruleset'],
  causes: Object.fromEntries(CHANGES.map(({ id, sources }) => [id, { sources }])),
  judge: (_, scene) => {
    const lost = scene.journeys.filter((j) => j.at === undefined);
    return CHANGES.flatMap((change) =>
      metBy(lost, scene.facts, (passed, journey) => change.is(passed, journey, scene))
        .filter(({ journeys }) => !change.shown || journeys.some(change.shown))
        .map(({ passed, journeys }) => finding(change, passed, journeys, scene)),
    );
  },
});

function finding(change: Change, passed: Passed, journeys: readonly Journey[], scene: Scene): Finding {
  const at = chainOf(passed.place);
  return {
    id: change.id,
    layer: 'filter',
    insteadOf: [
      'netfilter-drop',
      'masquerade-missing',
      'machine-offline',
      'container-dns-wrong',
      'embedded-dns-upstream-dead',
      'kernel-drop',
      'dns-tcp-blocked',
      'dns-udp-blocked',
    ],
    title: change.title(at),
    says: change.why(passed.text, at),
    ...blamed(passed, journeys, scene),
  };
}
