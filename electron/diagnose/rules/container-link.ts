import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { restartContainer } from '../restart-container.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching } from '../select.ts';
import { DOCKER_BRIDGE, man } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** A container's own link is switched off at one of its ends, or is gone. */
export const containerLink = defineRule({
  id: 'container-link',
  needs: ['interfaces', 'docker', 'containers'],
  causes: {
    'veth-down': { sources: [man('ip-link(8)'), man('veth(4)')] },
    'container-link-missing': { sources: [DOCKER_BRIDGE, man('veth(4)')] },
  },
  judge: ({ interfaces, docker, containers }, scene) =>
    docker.networks.flatMap((network) =>
      docker.containers.flatMap((container): Finding[] => {
        if (network.driver !== 'bridge') return [];
        const veth = vethOf(container, network.name, interfaces, containers);
        const mine = touching(container.name, scene);
        if (!veth || mine.length === 0) return [];
        const { end, port } = veth;
        const pid = namespaceOf(containers, container.id)?.pid ?? 0;
        const common = {
          layer: 'link' as const,
          insteadOf: [
            'netfilter-drop',
            'masquerade-missing',
            'container-no-default-route',
            'veth-not-in-bridge',
          ],
          grade: 'inferred' as const,
          owner: 'administrator' as const,
          explains: mine.map((f) => f.id),
        };
        if (!end)
          return [
            {
              id: 'container-link-missing',
              ...common,
              title: {
                en: `${container.name} has no interface on ${network.name} any more`,
                'zh-CN': `${container.name} 在 ${network.name} 上已没有网络接口`,
              },
              says: {
                en: `Docker connected ${container.name} to ${network.name}, but inside the container the interface is gone: somebody deleted it or its other end. Docker makes it when the container starts.`,
                'zh-CN': `Docker 已把 ${container.name} 连接到 ${network.name}，但容器内的接口已消失：它或它的另一端被删除。Docker 会在容器启动时创建它。`,
              },
              evidence: [fromFact('containers', same(`${container.name}: -`)), ...someFlows(mine)],
              fixes: [restartContainer(container.name)],
            },
          ];
        if (end.up && (port === undefined || port.up)) return [];
        const [where, link, enter]: [Text, string, string] = end.up
          ? [{ en: 'in the VM', 'zh-CN': '虚拟机一侧' }, port?.name ?? '', '']
          : [{ en: 'inside the container', 'zh-CN': '容器内' }, end.name, `nsenter -t ${pid} -n `];
        return [
          {
            id: 'veth-down',
            ...common,
            title: {
              en: `${link} of ${container.name} is down ${where.en}`,
              'zh-CN': `${container.name} 的 ${link}（${where['zh-CN']}）处于 DOWN 状态`,
            },
            says: {
              en: `${container.name}'s link to ${network.name} is a pair of interfaces, and ${link} ${where.en} is switched off (DOWN): nothing gets in or out of the container.`,
              'zh-CN': `${container.name} 连接 ${network.name} 的链路是一对接口，其中${where['zh-CN']}的 ${link} 被关闭（DOWN）：容器的流量无法进出。`,
            },
            evidence: [
              fromFact(end.up ? 'interfaces' : 'containers', same(`${link}: DOWN`)),
              ...someFlows(mine),
            ],
            fixes: [
              {
                title: { en: 'Switch it on', 'zh-CN': '启用该接口' },
                commands: [`${enter}ip link set ${quoteWhereNeeded(link)} up`],
                undo: [`${enter}ip link set ${quoteWhereNeeded(link)} down`],
                applies: 'at-once',
                ...(end.up
                  ? {}
                  : {
                      warning: {
                        en: 'Its default route went with it: restart the container if it still gets nowhere.',
                        'zh-CN': '其默认路由也随之消失：若仍无法联网，请重启容器。',
                      },
                    }),
              },
            ],
          },
        ];
      }),
    ),
});
