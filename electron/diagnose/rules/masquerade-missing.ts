import ipaddr from 'ipaddr.js';
import type { FlowResult } from '../../../shared/flow.ts';
import type { Text } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { DockerNetwork } from '../../probe/lib/docker-model.ts';
import { defaultRoute } from '../../probe/routes.ts';
import { dockerChainsMissing, translates } from '../docker-rules.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Scene } from '../rule.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';

/** Set on a network, or on the default bridge by the daemon's `ip-masq`: then Docker makes no rule, on purpose. */
const OPTION = 'com.docker.network.bridge.enable_ip_masquerade';

/** Not every tracer sees a packet behind the chain that translates it: then the rule in there has to say. */
function translatedAtLast({ stops }: Journey): boolean {
  const nat = stops.filter(({ hook, table }) => hook === 'postrouting' && table === 'nat');
  return nat.some(({ rules }) => rules.some(({ text }) => text === '' || /masquerade|snat/i.test(text)));
}

/**
 * Packets leave the guest with the container's own address: nobody outside can answer that. Seen in the trace: the last
 * look at the packet, after every NAT chain, still shows the container as its sender.
 */
export const masqueradeMissing = defineRule({
  id: 'masquerade-missing',
  needs: ['docker', 'ruleset', 'iptables', 'routes'],
  causes: {
    'masquerade-missing': {
      sources: [DOCKER_BRIDGE, thread('moby/moby#36151', 'Containers cannot access internet (outbound)')],
    },
    'docker-masquerade-off': { sources: [DOCKER_BRIDGE] },
  },
  judge: ({ docker, ruleset, iptables, routes }, scene) => {
    const complete = docker.running && dockerChainsMissing({ ruleset, iptables }).length === 0;
    const bridges = new Set(docker.networks.flatMap((n) => (n.bridge ? [n.bridge] : [])));
    return docker.networks.flatMap((network) => {
      const subnet = network.subnets.map((s) => s.subnet).find((s) => ipaddr.IPv4.isValidCIDR(s));
      if (!subnet || !network.bridge) return [];
      const [net, bits] = ipaddr.IPv4.parseCIDR(subnet);
      const inside = (address: string) =>
        ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).match(net, bits);
      const lost = scene.journeys.filter(
        (j) =>
          j.direction === 'request' &&
          j.end === 'lost' &&
          j.last?.hook === 'postrouting' &&
          !bridges.has(j.last.oif ?? '') &&
          inside(j.packet.src) &&
          (j.nat?.src ?? j.packet.src) === j.packet.src &&
          // LOG rules see nothing of translation
          j.stops.at(-1)?.seenAt === undefined &&
          !translatedAtLast(j),
      );
      const meant = network.options[OPTION] === 'false';
      const sure = complete && !meant && !translates(subnet, { ruleset, iptables });
      const stopped = sure && lost.length === 0 ? outwardsFrom(network, scene) : [];
      if (lost.length === 0 && stopped.length === 0) return [];
      const flows = lost.length > 0 ? scene.bad.filter((f) => lost.some((j) => j.flowId === f.id)) : stopped;
      const oif = lost[0]?.last?.oif ?? defaultRoute(routes)?.dev ?? '-';
      const bridge = quoteWhereNeeded(network.bridge);
      const rule = `POSTROUTING -s ${subnet} ! -o ${bridge} -j MASQUERADE`;
      return [
        {
          id: meant ? 'docker-masquerade-off' : 'masquerade-missing',
          layer: 'filter',
          insteadOf: ['netfilter-drop'],
          ...(meant
            ? switchedOff(network.name, subnet, oif)
            : missing(network.name, subnet, oif, lost.length > 0)),
          grade: lost.length > 0 ? 'traced' : 'inferred',
          owner: 'docker',
          evidence: [
            ...lost.slice(0, 2).map((j) =>
              fromJourney(j, {
                en: `left through ${oif} as ${j.packet.src} → ${j.packet.dst}, untranslated`,
                'zh-CN': `以 ${j.packet.src} → ${j.packet.dst}（未转换）从 ${oif} 离开`,
              }),
            ),
            fromFact('ruleset', {
              en: `no rule in nat POSTROUTING translated ${subnet}`,
              'zh-CN': `nat POSTROUTING 中没有规则转换 ${subnet}`,
            }),
            ...someFlows(flows).slice(0, 2),
          ],
          fixes: meant
            ? [
                {
                  title: {
                    en: 'Make the network again without this option',
                    'zh-CN': '去掉该选项后重新创建网络',
                  },
                  commands: [],
                  undo: [],
                  applies: 'told',
                },
              ]
            : [
                {
                  title: { en: 'Put the rule back', 'zh-CN': '恢复该规则' },
                  commands: [`iptables -t nat -A ${rule}`],
                  undo: [`iptables -t nat -D ${rule}`],
                  applies: 'at-once',
                  trial: 'itself',
                },
              ],
          explains: flows.map((f) => f.id),
        },
      ];
    });
  },
});

/**
 * What fails of a network's traffic to the world, where nothing of it works. Where packets end before they come to be
 * translated, no trace shows that nothing would translate them.
 */
function outwardsFrom({ bridge, internal }: DockerNetwork, scene: Scene): FlowResult[] {
  const from = scene.flows.filter(
    (f) => f.kind.startsWith('internet-') && f.from.where !== 'guest' && bridgeOf(f, scene) === bridge,
  );
  if (internal || from.some(({ outcome }) => outcome === 'ok')) return [];
  return from.filter((f) => scene.bad.includes(f));
}

function missing(name: string, subnet: string, oif: string, seen: boolean): { title: Text; says: Text } {
  const gone: Text = {
    en: `The MASQUERADE rule for ${subnet} in nat POSTROUTING is missing; Docker sets it when it starts.`,
    'zh-CN': `nat POSTROUTING 中缺少针对 ${subnet} 的 MASQUERADE 规则；Docker 会在启动时设置它。`,
  };
  if (!seen)
    return {
      title: {
        en: `No MASQUERADE for ${subnet}: packets will leave with the container's address`,
        'zh-CN': `${subnet} 缺少 MASQUERADE：数据包将以容器自身地址离开`,
      },
      says: {
        en: `${gone.en} Packets from ${name} do not even get that far now; when they do, they will leave through ${oif} with the container's own address as sender, and no answer will find its way back.`,
        'zh-CN': `${gone['zh-CN']}来自 ${name} 的数据包目前还到不了那里；一旦到达，它们会以容器自身地址为源地址从 ${oif} 发出，应答无法返回。`,
      },
    };
  return {
    title: {
      en: `No MASQUERADE for ${subnet}: packets leave with the container's address`,
      'zh-CN': `${subnet} 缺少 MASQUERADE：数据包以容器自身地址离开`,
    },
    says: {
      en: `Packets from ${name} (${subnet}) leave through ${oif} with the container's own address as sender, so no answer can find its way back. ${gone.en}`,
      'zh-CN': `来自 ${name}（${subnet}）的数据包以容器自身地址为源地址从 ${oif} 发出，应答无法返回。${gone['zh-CN']}`,
    },
  };
}

function switchedOff(name: string, subnet: string, oif: string): { title: Text; says: Text } {
  return {
    title: {
      en: `The network ${name} has masquerading switched off: packets leave with the container's address`,
      'zh-CN': `网络 ${name} 关闭了地址伪装：数据包以容器自身地址离开`,
    },
    says: {
      en: `${name} has ${OPTION}=false, so Docker sets no MASQUERADE rule for ${subnet}. Its packets leave through ${oif} with the container's own address as sender, and VirtualBox's NAT, like any router without a route to ${subnet}, can't bring an answer back. For the default bridge the option is "ip-masq" in daemon.json.`,
      'zh-CN': `${name} 设置了 ${OPTION}=false，因此 Docker 不为 ${subnet} 设置 MASQUERADE 规则。其数据包以容器自身地址为源地址从 ${oif} 发出，而 VirtualBox 的 NAT 与任何没有 ${subnet} 路由的路由器一样，无法送回应答。默认 bridge 的该选项是 daemon.json 中的 "ip-masq"。`,
    },
  };
}
