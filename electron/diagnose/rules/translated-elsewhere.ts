import type { Text } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { isDetour, isStray } from '../detour.ts';
import { ownerOf } from '../owner.ts';
import { blamed, metBy, type Passed } from '../passed.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, NFT } from '../sources.ts';

const TRANSLATES_SOURCE = /\bsnat (?:ip )?to ([\d.]+)|--to-source ([\d.]+)/;
/** Puts a net's addresses in another's place: before routing those that packets go to, behind it those that they come from. */
const NETMAP = /-j NETMAP\b/;
const TPROXY = /-j TPROXY\b.* --on-port (\d+)/;

/** The sender that a rule gives to packets. */
function senderOf({ text, stop }: Passed, { nat }: Journey): string | undefined {
  if (stop.hook !== 'postrouting') return undefined;
  const [, nft, iptables] = TRANSLATES_SOURCE.exec(text) ?? [];
  return nft ?? iptables ?? (NETMAP.test(text) ? nat?.src : undefined);
}

/**
 * A rule of nat changes where packets go, or from whom they seem to come: to a proxy that is not there, to another
 * server, from an address that the VM does not have.
 */
export const translatedElsewhere = defineRule({
  id: 'translated-elsewhere',
  needs: ['interfaces'],
  causes: {
    'nat-leads-elsewhere': { sources: [man('iptables-extensions(8)'), NFT] },
    'snat-wrong-address': { sources: [man('iptables-extensions(8)'), NFT] },
  },
  judge: ({ interfaces }, scene) => {
    const alive = scene.journeys.filter((j) => j.direction === 'request' && j.at === undefined);
    const own = new Set(interfaces.flatMap((i) => i.addresses.map((a) => a.address)));
    const stray = scene.journeys.filter((j) => isStray(j, scene));
    const detours = metBy([...alive, ...stray], scene.facts, (p, j) => isDetour(p, j, scene));
    const strange = metBy(alive, scene.facts, (passed, j) => {
      const source = senderOf(passed, j);
      return source !== undefined && !own.has(source);
    });
    return [
      ...detours.map(({ passed, journeys }) => elsewhere(passed, journeys, scene)),
      ...deathsByPlace(scene.journeys).flatMap(({ place, journeys }) => deadProxy(place, journeys)),
      ...strange.map(({ passed, journeys }) => unknownSource(passed, journeys, scene)),
    ];
  },
});

function common(passed: Passed, journeys: readonly Journey[], scene: Scene) {
  return {
    layer: 'filter' as const,
    insteadOf: [
      'netfilter-drop',
      'forward-policy-drop',
      'masquerade-missing',
      'machine-offline',
      'resolver-dead',
      'nat-dns-dead',
      'container-dns-wrong',
      'embedded-dns-upstream-dead',
      'dns-udp-blocked',
      'dns-tcp-blocked',
    ],
    ...blamed(passed, journeys, scene),
  };
}

function elsewhere(passed: Passed, journeys: Journey[], scene: Scene): Finding {
  const [{ nat, packet } = { nat: undefined, packet: undefined }] = journeys;
  const to = nat ? `${nat.dst}${nat.dport === undefined ? '' : `:${nat.dport}`}` : '?';
  const asked = packet ? `${packet.dst}${packet.dport === undefined ? '' : `:${packet.dport}`}` : '?';
  const at = chainOf(passed.place);
  const leftBy: Text =
    ownerOf(passed.place) === 'docker'
      ? {
          en: 'It stands before, or in place of, the rule that Docker made for the container: nobody has that address, or somebody else has.',
          'zh-CN': '它位于 Docker 为该容器创建的规则之前，或取代了后者：没有人使用该地址，或它属于别人。',
        }
      : {
          en: 'A transparent proxy or a DNS filter that no longer runs leaves such rules behind.',
          'zh-CN': '已不再运行的透明代理或 DNS 过滤程序常会留下这样的规则。',
        };
  return {
    id: 'nat-leads-elsewhere',
    ...common(passed, journeys, scene),
    title: {
      en: `A rule in ${at} sends these packets elsewhere: to ${to}`,
      'zh-CN': `${at} 中的一条规则把这些数据包引向别处：${to}`,
    },
    says: {
      en: `What is sent to ${asked} is translated by a rule in ${at} (${passed.text}) and goes to ${to} instead, where it gets no use: nobody listens there, or nobody answers. ${leftBy.en}`,
      'zh-CN': `发往 ${asked} 的流量被 ${at} 中的规则（${passed.text}）转换，改为发往 ${to}，而那里无人监听或没有应答。${leftBy['zh-CN']}`,
    },
  };
}

/** TPROXY hands packets to a program of the VM, and drops what no program takes at that port. */
function deadProxy(place: RulePlace, journeys: Journey[]): Finding[] {
  const port = TPROXY.exec(ruleText(place))?.[1];
  if (port === undefined) return [];
  const at = chainOf(place);
  return [
    {
      ...deathAt(place, journeys),
      id: 'nat-leads-elsewhere',
      insteadOf: ['netfilter-drop'],
      title: {
        en: `A rule in ${at} hands these packets to a transparent proxy at port ${port}, where nobody listens`,
        'zh-CN': `${at} 中的一条规则把这些数据包交给端口 ${port} 上的透明代理，而那里无人监听`,
      },
      says: {
        en: `${ruleText(place)} hands what comes in to a program of the VM at port ${port}, whomever it is for. No program takes it there (it has to listen with IP_TRANSPARENT), and then TPROXY drops it. A transparent proxy that no longer runs leaves such rules behind: start it, or delete the rule.`,
        'zh-CN': `${ruleText(place)} 把进入的数据包（无论发给谁）交给虚拟机中监听端口 ${port} 的程序。那里没有程序接收（它必须以 IP_TRANSPARENT 监听），TPROXY 因此将其丢弃。已不再运行的透明代理常会留下这样的规则：请启动该代理，或删除这条规则。`,
      },
    },
  ];
}

function unknownSource(passed: Passed, journeys: Journey[], scene: Scene): Finding {
  const at = chainOf(passed.place);
  const source = journeys.map((j) => senderOf(passed, j)).find((sender) => sender !== undefined) ?? '?';
  return {
    id: 'snat-wrong-address',
    ...common(passed, journeys, scene),
    title: {
      en: `A rule gives packets the sender ${source}, which is no address of the VM`,
      'zh-CN': `一条规则把数据包的源地址改为 ${source}，而虚拟机没有这个地址`,
    },
    says: {
      en: `A rule in ${at} makes packets leave with ${source} as their sender: ${passed.text}. No interface of the VM has that address, so the answers go to somebody else, or nowhere; it comes before Docker's MASQUERADE, which would choose the right one.`,
      'zh-CN': `${at} 中的一条规则让数据包以 ${source} 为源地址发出：${passed.text}。虚拟机的任何接口都没有该地址，应答会发给别人或无处可去；它先于 Docker 的 MASQUERADE 生效，而后者会选择正确的地址。`,
    },
  };
}
