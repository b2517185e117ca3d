import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching } from '../select.ts';
import { DOCKER_BRIDGE, man, thread } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** Links below IP: the bridge is gone or down, a container's veth is not plugged into it. */
export const bridgeLink = defineRule({
  id: 'bridge-link',
  needs: ['interfaces', 'docker', 'containers'],
  causes: {
    'bridge-down': {
      sources: [DOCKER_BRIDGE, man('ip-link(8)')],
    },
    'bridge-missing': {
      sources: [DOCKER_BRIDGE],
    },
    'veth-not-in-bridge': {
      sources: [
        thread('moby/moby#26492', 'Some veths created by Docker are not assigned a master bridge'),
        man('bridge(8)'),
      ],
    },
  },
  judge: ({ interfaces, docker, containers }, scene) => {
    const findings: Finding[] = [];
    for (const network of docker.networks) {
      const { bridge } = network;
      if (network.driver !== 'bridge' || !bridge) continue;
      const link = interfaces.find((i) => i.name === bridge);
      const members = docker.containers.filter((c) => c.attachments.some((a) => a.network === network.name));
      const touched = scene.bad.filter(
        (f) => bridgeOf(f, scene) === bridge || members.some((c) => c.name === f.to.container),
      );
      if (link?.up && touched.length > 0) findings.push(...unplugged(network.name, bridge));
      if (link?.up || touched.length === 0) continue;
      findings.push({
        id: link ? 'bridge-down' : 'bridge-missing',
        layer: 'link',
        insteadOf: ['netfilter-drop', 'masquerade-missing'],
        title: link
          ? { en: `The bridge ${bridge} is down`, 'zh-CN': `网桥 ${bridge} 处于 DOWN 状态` }
          : { en: `The bridge ${bridge} is missing`, 'zh-CN': `网桥 ${bridge} 不存在` },
        says: link
          ? {
              en: `${bridge}, the bridge of the Docker network ${network.name}, is switched off (DOWN), so its containers reach nobody, not even each other.`,
              'zh-CN': `Docker 网络 ${network.name} 的网桥 ${bridge} 被关闭（DOWN），其容器无法访问任何目标，彼此之间也不通。`,
            }
          : {
              en: `${bridge}, the bridge of the Docker network ${network.name}, does not exist any more; Docker makes it when it starts.`,
              'zh-CN': `Docker 网络 ${network.name} 的网桥 ${bridge} 已不存在；Docker 会在启动时创建它。`,
            },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact(
            'interfaces',
            same(link ? `${bridge}: ${link.state}, ${link.flags.join(',')}` : `${bridge}: -`),
          ),
          ...someFlows(touched),
        ],
        fixes: link
          ? [
              {
                title: { en: 'Switch it on', 'zh-CN': '启用该网桥' },
                commands: [`ip link set ${quoteWhereNeeded(bridge)} up`],
                undo: [`ip link set ${quoteWhereNeeded(bridge)} down`],
                applies: 'at-once',
                trial: 'itself',
              },
            ]
          : [
              {
                title: { en: 'Restart docker', 'zh-CN': '重启 docker' },
                commands: ['systemctl restart docker'],
                undo: [],
                applies: 'told',
                warning: { en: 'Restarts every container.', 'zh-CN': '会重启所有容器。' },
              },
            ],
        explains: touched.map((f) => f.id),
      });
    }
    return findings;

    function unplugged(network: string, bridge: string): Finding[] {
      return docker.containers.flatMap((container): Finding[] => {
        const { end, port } = vethOf(container, network, interfaces, containers) ?? {};
        if (!end || !port || port.master === bridge) return [];
        const mine = touching(container.name, scene);
        return [
          {
            id: 'veth-not-in-bridge',
            layer: 'link',
            insteadOf: ['netfilter-drop', 'masquerade-missing'],
            title: {
              en: `${port.name} of ${container.name} is not plugged into ${bridge}`,
              'zh-CN': `${container.name} 的 ${port.name} 未接入网桥 ${bridge}`,
            },
            says: {
              en: `The veth interface ${port.name}, which is ${container.name}'s link to ${network}, has ${port.master ? `the master ${port.master}` : 'no master'}: it is not a port of ${bridge}, so nothing of the container gets onto its network.`,
              'zh-CN': `${container.name} 连接 ${network} 的 veth 接口 ${port.name} ${port.master ? `的 master 是 ${port.master}` : '没有 master'}：它不是 ${bridge} 的端口，因此容器的流量无法进入该网络。`,
            },
            grade: 'inferred',
            owner: 'administrator',
            evidence: [
              fromFact('interfaces', same(`${port.name}: master ${port.master ?? '-'}`)),
              ...someFlows(mine),
            ],
            fixes: [
              {
                title: { en: 'Plug it in', 'zh-CN': '接入网桥' },
                commands: [`ip link set ${quoteWhereNeeded(port.name)} master ${quoteWhereNeeded(bridge)}`],
                undo: [`ip link set ${quoteWhereNeeded(port.name)} nomaster`],
                applies: 'at-once',
                trial: 'itself',
              },
            ],
            explains: mine.map((f) => f.id),
          },
        ];
      });
    }
  },
});
