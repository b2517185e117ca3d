import { same } from '../../../shared/text.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_PORTS, thread } from '../sources.ts';

/** Published on 127.0.0.1 of the guest: what comes through VirtualBox's NAT arrives on another address. */
export const portBoundElsewhere = defineRule({
  id: 'port-bound-localhost',
  needs: ['docker'],
  causes: {
    'port-bound-localhost': {
      sources: [
        DOCKER_PORTS,
        thread(
          'moby/moby#45610',
          'Publishing ports explicitly to private networks should not be accessible from LAN hosts',
        ),
      ],
    },
  },
  judge: ({ docker }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const local = container.publishedPorts.find((p) => p.hostIp.startsWith('127.'));
      const mine = scene.bad.filter(
        (f) =>
          f.from.where === 'mac' && f.to.container === container.name && f.to.guestPort === local?.hostPort,
      );
      if (!local || mine.length === 0) return [];
      const spec = `${local.hostPort}:${local.port}`;
      return [
        {
          id: 'port-bound-localhost',
          layer: 'port',
          insteadOf: ['netfilter-drop'],
          title: {
            en: `Port ${local.hostPort} of ${container.name} is published on ${local.hostIp} only`,
            'zh-CN': `${container.name} 的端口 ${local.hostPort} 只发布在 ${local.hostIp} 上`,
          },
          says: {
            en: `${container.name} publishes ${local.hostIp}:${spec}, so only the VM itself can use it. What the Mac sends through VirtualBox's NAT arrives at the VM's own address (${scene.world.guestAddresses[0] ?? '10.0.2.15'}), where nothing listens.`,
            'zh-CN': `${container.name} 发布的是 ${local.hostIp}:${spec}，因此只有虚拟机自身能访问。Mac 经 VirtualBox NAT 发来的连接到达的是虚拟机自己的地址（${scene.world.guestAddresses[0] ?? '10.0.2.15'}），那里无人监听。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact('docker', same(`${container.name}: ${local.hostIp}:${spec}`)),
            ...mine.map(fromFlow),
          ],
          fixes: [
            {
              title: { en: 'Publish it on every address', 'zh-CN': '发布到所有地址' },
              commands: [`docker run -p ${spec} …`],
              undo: [`docker run -p ${local.hostIp}:${spec} …`],
              applies: 'told',
              warning: { en: 'The container has to be made again.', 'zh-CN': '需要重新创建容器。' },
            },
          ],
          explains: mine.map((f) => f.id),
        },
      ];
    }),
});
