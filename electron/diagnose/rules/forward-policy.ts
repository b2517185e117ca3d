import type { Packet, RulePlace } from '../../../shared/trace.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { Docker } from '../../probe/docker.ts';
import type { Iptables } from '../../probe/iptables.ts';
import { type IptablesChain, iptablesChain } from '../../probe/lib/iptables-save.ts';
import { chainOf, deathAt, toolOf } from '../death.ts';
import { isStray } from '../detour.ts';
import { dockerChainsMissing, RESTART_DOCKER } from '../docker-rules.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_FIREWALLS, DOCKER_IPTABLES, DOCKER_PORTS, man, thread } from '../sources.ts';

/**
 * Docker's rules stand, but none lets these packets through, and the policy of FORWARD, which Docker sets to DROP when it
 * switches forwarding on, takes them: the rules of one bridge are gone, or the bridge is not Docker's.
 */
export const forwardPolicy = defineRule({
  id: 'forward-policy',
  needs: ['docker', 'ruleset', 'iptables'],
  causes: {
    'forward-policy-drop': {
      sources: [
        DOCKER_FIREWALLS,
        thread('moby/moby#30338', 'ip-forwarding broken in 1.13.0 due to #28257 fix'),
        thread('moby/moby#39439', 'Prevent docket from setting Forward policy to DROP'),
      ],
      holds: 'Docker 1.13.0 and later',
    },
    'other-iptables-policy-drop': {
      sources: [
        man('iptables-nft(8)'),
        thread('docker-library/docker#467', 'ip tables legacy vs nf_tables issue persists'),
      ],
    },
    'port-accept-missing': { sources: [DOCKER_IPTABLES, DOCKER_PORTS] },
  },
  judge: ({ docker, ruleset, iptables }, scene) => {
    if (!docker.running || dockerChainsMissing({ ruleset, iptables }).length > 0) return [];
    return deathsByPlace(scene.journeys.filter((j) => !isStray(j, scene)))
      .filter(({ place }) => place.policy && place.table === 'filter' && place.chain === 'FORWARD')
      .map(({ place, journeys }): Finding => {
        const death = { ...deathAt(place, journeys), insteadOf: ['netfilter-drop'] };
        if (isOtherWorld(place, iptables)) return otherWorld(death, place);
        const stop = journeys[0]?.stops.at(-1)?.packet;
        const way = `${stop?.iif ?? '?'} → ${stop?.oif ?? '?'}`;
        const lost =
          stop &&
          acceptOf(stop, docker, iptablesChain(iptables.tables, 'filter', 'DOCKER', backendOf(place)));
        if (lost) return acceptMissing(death, lost, toolOf(place));
        return {
          ...death,
          id: 'forward-policy-drop',
          title: {
            en: `No rule lets ${way} through, and the policy of FORWARD is DROP`,
            'zh-CN': `没有规则放行 ${way}，而 FORWARD 的默认策略为 DROP`,
          },
          says: {
            en: `Docker set the policy of ${chainOf(place)} to DROP, as it does since 1.13, and lets its own bridges through by rules. No rule accepts what goes ${way}: the ones for this bridge were deleted, or the bridge is not one of Docker's.`,
            'zh-CN': `自 1.13 起 Docker 会把 ${chainOf(place)} 的默认策略设为 DROP，并用规则放行自己的网桥。没有规则放行 ${way} 的流量：该网桥的规则被删除，或该网桥不属于 Docker。`,
          },
          evidence: [
            ...death.evidence,
            fromFact('ruleset', { en: `no rule for ${way}`, 'zh-CN': `没有针对 ${way} 的规则` }),
          ],
          fixes: [RESTART_DOCKER],
        };
      });
  },
});

/** Is this FORWARD of that iptables, nft or legacy, in which Docker has no rules? */
function isOtherWorld({ backend, family }: RulePlace, { tables }: Iptables): boolean {
  const has = (which: string) =>
    tables.some(
      (t) => t.backend === which && t.family === 4 && t.chains.some(({ name }) => name.startsWith('DOCKER')),
    );
  if (family !== 'ip') return false;
  return backend === 'legacy' ? !has('legacy') && has('nft') : !has('nft') && has('legacy');
}

function otherWorld(death: Finding, place: RulePlace): Finding {
  const legacy = place.backend === 'legacy';
  const [tool, other] = legacy ? ['iptables-legacy', 'iptables-nft'] : ['iptables-nft', 'iptables-legacy'];
  const set = (policy: string) => [`${tool} -P FORWARD ${policy}`];
  return {
    ...death,
    id: 'other-iptables-policy-drop',
    owner: 'administrator',
    title: {
      en: `The policy of FORWARD in ${tool} is DROP, while Docker's rules are in ${other}`,
      'zh-CN': `${tool} 中 FORWARD 的默认策略（policy）为 DROP，而 Docker 的规则在 ${other} 中`,
    },
    says: {
      en: `The VM has two sets of iptables rules, and the kernel asks both. Docker's own are in ${other} and let its containers through; in ${tool} the filter FORWARD chain has the policy DROP and nothing that lets them through. “iptables -L” shows only one of the two.`,
      'zh-CN': `虚拟机有两套 iptables 规则，内核两套都会询问。Docker 的规则在 ${other} 中并放行其容器；而 ${tool} 的 filter FORWARD 链默认策略为 DROP，且没有放行它们的规则。“iptables -L” 只显示其中一套。`,
    },
    fixes: [
      {
        title: { en: `Let ${tool} forward`, 'zh-CN': `让 ${tool} 放行转发` },
        commands: set('ACCEPT'),
        undo: set('DROP'),
        applies: 'at-once',
        trial: 'itself',
        warning: {
          en: 'Docker’s rules in the other set still decide. Whatever sets the policy at boot sets it again.',
          'zh-CN': '另一套中的 Docker 规则仍然生效。开机时设置该策略的程序会再次设置它。',
        },
      },
    ],
  };
}

const backendOf = ({ backend }: RulePlace) => (backend === 'legacy' ? 'legacy' : 'nft');

/**
 * The rule by which Docker accepts what goes to a published port, for a packet that has been translated already; undefined
 * where it is there, or none is to be expected.
 */
function acceptOf(
  packet: Packet,
  docker: Docker,
  chain: IptablesChain | undefined,
): { name: string; rule: string } | undefined {
  if (!packet.oif || packet.dport === undefined) return undefined;
  const owner = docker.containers.find((c) => c.attachments.some(({ ip }) => ip === packet.dst));
  const net = owner?.attachments.find(({ ip }) => ip === packet.dst)?.network;
  const bridge = docker.networks.find(({ name }) => name === net)?.bridge;
  const { proto, dst, dport } = packet;
  const published = owner?.publishedPorts.some((p) => p.port === dport && p.proto === proto);
  if (!owner || !published || bridge !== packet.oif || packet.iif === bridge) return undefined;
  const there = chain?.rules.some(
    ({ text }) =>
      text.includes(`-d ${dst}/32 `) && text.includes(`--dport ${dport} `) && text.endsWith('-j ACCEPT'),
  );
  if (there !== false) return undefined;
  const dev = quoteWhereNeeded(bridge);
  return {
    name: owner.name,
    rule: `DOCKER -d ${dst}/32 ! -i ${dev} -o ${dev} -p ${proto} -m ${proto} --dport ${dport} -j ACCEPT`,
  };
}

function acceptMissing(
  death: Finding,
  { name, rule }: { name: string; rule: string },
  tool: string,
): Finding {
  return {
    ...death,
    id: 'port-accept-missing',
    title: {
      en: `Docker's ACCEPT rule for the published port of ${name} is missing from the chain DOCKER`,
      'zh-CN': `DOCKER 链中缺少放行 ${name} 发布端口的 ACCEPT 规则`,
    },
    says: {
      en: `The port is translated (DNAT) to ${name}, but the rule that lets the packets through, “-A ${rule}”, is not there any more, and the policy of FORWARD is DROP. Docker sets it when it starts the container: something deleted it since.`,
      'zh-CN': `端口已被转换（DNAT）到 ${name}，但放行这些数据包的规则“-A ${rule}”已不存在，而 FORWARD 的默认策略为 DROP。Docker 在启动容器时会设置它：之后被某个程序删除。`,
    },
    evidence: [
      ...death.evidence,
      fromFact('ruleset', { en: `missing: -A ${rule}`, 'zh-CN': `缺少：-A ${rule}` }),
    ],
    fixes: [
      {
        title: { en: 'Set the rule again', 'zh-CN': '重新设置该规则' },
        commands: [`${tool} -I ${rule}`],
        undo: [`${tool} -D ${rule}`],
        applies: 'at-once',
        trial: 'itself',
      },
    ],
  };
}
