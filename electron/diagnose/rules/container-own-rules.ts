import type { FlowResult } from '../../../shared/flow.ts';
import { same } from '../../../shared/text.ts';
import type { Packet } from '../../../shared/trace.ts';
import { namespaceOf } from '../../probe/containers.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import { addressOf } from '../address-of.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { deleteRule, putBack, withoutCounter } from '../nft-rule.ts';
import { type DeadEnd, deadEnd } from '../own-rules.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn, unseenDeaths } from '../select.ts';
import { thread } from '../sources.ts';

/** The packets of a flow in a container's own namespace, each on the hook where its rules can end it. */
function packetsOf(
  flow: FlowResult,
  { name, attachments }: DockerContainer,
): { hook: string; packet: Packet }[] {
  const { proto, port } = flow.to;
  const own = attachments.find((a) => a.ip)?.ip ?? '';
  const base = { proto, ...(proto === 'tcp' ? { flags: 'syn' } : {}) };
  if (startsIn(name, flow.from)) {
    const address = addressOf(flow);
    if (!address) return [];
    return [
      { hook: 'output', packet: { ...base, oif: 'eth0', src: own, dst: address, dport: port } },
      {
        hook: 'input',
        packet: { ...base, flags: 'syn|ack', iif: 'eth0', src: address, dst: own, sport: port },
      },
    ];
  }
  const inner = flow.to.behind?.port ?? port;
  // who asks is not known here: the guest, the Mac or a neighbour
  return flow.to.container === name
    ? [{ hook: 'input', packet: { ...base, iif: 'eth0', src: '', dst: own, dport: inner } }]
    : [];
}

/** A rule in a container's own network namespace drops what it sends or gets: no rule of the VM ever sees it. */
export const containerOwnRules = defineRule({
  id: 'container-own-rules',
  needs: ['docker', 'containers'],
  causes: {
    'container-own-rules': {
      sources: [
        thread(
          'moby/libnetwork#1938',
          'Firewalld installation on a docker container will make embedded dns unusable',
        ),
        {
          title: 'Linux: network_namespaces(7)',
          url: 'https://man7.org/linux/man-pages/man7/network_namespaces.7.html',
        },
      ],
    },
  },
  judge: ({ docker, containers }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const { name } = container;
      const inside = namespaceOf(containers, container.id);
      const ruleset = inside?.ruleset;
      if (!inside || !ruleset) return [];
      const ends = new Map<string, { end: DeadEnd; flows: FlowResult[] }>();
      for (const flow of unseenDeaths(scene)) {
        for (const { hook, packet } of packetsOf(flow, container)) {
          const end = deadEnd(ruleset, hook, packet);
          if (!end) continue;
          const key = `${end.chain.family} ${end.chain.table} ${end.chain.name} ${end.rule?.handle ?? 'policy'}`;
          const known = ends.get(key) ?? { end, flows: [] };
          known.flows.push(flow);
          ends.set(key, known);
          break;
        }
      }
      return [...ends.values()].map(({ end, flows }) => finding(name, inside.pid, end, flows));
    }),
});

function finding(name: string, pid: number, { chain, rule }: DeadEnd, flows: FlowResult[]): Finding {
  const place = `${chain.family} ${chain.table} ${chain.name}`;
  const text = rule ? withoutCounter(rule.text) : 'policy drop';
  // DROP and REJECT are what people call it who made it with iptables
  const word = /reject/.test(text) ? 'REJECT' : 'DROP';
  const enter = `nsenter -t ${pid} -n `;
  const chainPlace = { family: chain.family, table: chain.table, chain: chain.name };
  return {
    id: 'container-own-rules',
    layer: 'container',
    insteadOf: ['container-dns-wrong', 'embedded-dns-upstream-dead', 'dns-udp-blocked', 'dns-tcp-blocked'],
    title: {
      en: `A rule inside ${name} stops its own traffic: ${place}: ${text}`,
      'zh-CN': `${name} 内部的一条规则阻断了它自己的流量：${place}：${text}`,
    },
    says: {
      en: `In ${name}'s own network namespace, ${place} has “${text}” (${word}), which fits what fails. It acts before anything reaches the VM, so no rule of the VM shows it. A program in the container with the right to change the network (NET_ADMIN), or somebody with nsenter, set it.`,
      'zh-CN': `在 ${name} 自己的网络命名空间中，${place} 有规则“${text}”（${word}），与失败的流量相符。它在数据包到达虚拟机之前就起作用，因此虚拟机的规则中看不到。它由容器内有网络管理权限（NET_ADMIN）的程序或有人用 nsenter 设置。`,
    },
    grade: 'inferred',
    owner: 'administrator',
    evidence: [fromFact('containers', same(`${name}: ${place}: ${text}`)), ...someFlows(flows)],
    fixes: rule
      ? [
          {
            title: { en: 'Delete this rule', 'zh-CN': '删除这条规则' },
            commands: [`${enter}${deleteRule(chainPlace, rule.handle)}`],
            undo: [`${enter}${putBack(chainPlace, chain.rules.indexOf(rule) + 1, rule.text)}`],
            applies: 'at-once',
            trial: 'itself',
          },
        ]
      : [],
    explains: flows.map((f) => f.id),
  };
}
