import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching } from '../select.ts';
import { thread } from '../sources.ts';

/** A container was started without any network, or on the VM's own, where publishing ports means nothing. */
export const networkMode = defineRule({
  id: 'network-mode',
  needs: ['docker', 'listeners'],
  causes: {
    'container-network-none': {
      sources: [
        { title: 'Docker: None network driver', url: 'https://docs.docker.com/engine/network/drivers/none/' },
      ],
    },
    'container-on-no-network': {
      sources: [
        {
          title: 'Docker: docker network disconnect',
          url: 'https://docs.docker.com/reference/cli/docker/network/disconnect/',
        },
      ],
    },
    'ports-ignored-host-network': {
      sources: [
        { title: 'Docker: Host network driver', url: 'https://docs.docker.com/engine/network/drivers/host/' },
        thread(
          'docker/compose#8308',
          'Show warning for ignoring published ports when host network mode is used',
        ),
      ],
    },
  },
  judge: ({ docker, listeners }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const { name, networkMode: mode, wantedPorts } = container;
      const mine = touching(name, scene);
      if (container.state !== 'running' || mine.length === 0) return [];
      const common = {
        layer: 'container' as const,
        grade: 'inferred' as const,
        owner: 'administrator' as const,
        evidence: [fromFact('docker', same(`${name}: NetworkMode ${mode}`)), ...someFlows(mine)],
        explains: mine.map((f) => f.id),
      };
      if (container.attachments.length === 0 && mode !== 'none' && !/^(host|container:)/.test(mode))
        return [disconnected(container, common)];
      if (mode === 'none')
        return [
          {
            id: 'container-network-none',
            ...common,
            insteadOf: ['container-no-default-route', 'nothing-listens', 'ip-forward-off'],
            title: {
              en: `${name} has no network: it was started with --network none`,
              'zh-CN': `${name} 没有网络：启动时使用了 --network none`,
            },
            says: {
              en: `${name} was started with --network none (network_mode: none), so it has only its own loopback: it reaches nobody, nobody reaches it, and ports published for it are not there.`,
              'zh-CN': `${name} 启动时使用了 --network none（network_mode: none），因此只有自己的环回接口：它无法访问任何目标，也无法被访问，为它发布的端口也不存在。`,
            },
            fixes: [
              {
                title: { en: 'Make the container again on a network', 'zh-CN': '在某个网络上重新创建容器' },
                commands: [
                  `docker rm -f ${quoteWhereNeeded(name)}`,
                  `docker run --name ${quoteWhereNeeded(name)} --network bridge …`,
                ],
                undo: [
                  `docker rm -f ${quoteWhereNeeded(name)}`,
                  `docker run --name ${quoteWhereNeeded(name)} --network none …`,
                ],
                applies: 'told',
                warning: {
                  en: 'A container on none can’t be connected to a network later.',
                  'zh-CN': '使用 none 的容器之后无法再接入其他网络。',
                },
              },
            ],
          },
        ];
      const [port] = wantedPorts;
      if (mode !== 'host' || !port) return [];
      const there = listeners.some((l) => l.proto === 'tcp' && l.port === port.port);
      return [
        {
          id: 'ports-ignored-host-network',
          ...common,
          layer: 'port',
          title: {
            en: `${name} runs on the VM's own network, where its published port ${port.hostPort} is ignored`,
            'zh-CN': `${name} 使用虚拟机自身的网络（host），其发布的端口 ${port.hostPort} 被忽略`,
          },
          says: {
            en: `${name} was started with --network host and -p ${port.hostPort}:${port.port}. On that network Docker publishes nothing: the program listens on port ${port.port} of the VM itself${there ? '' : ' (if it listens at all)'}, and nobody on ${port.hostPort}.`,
            'zh-CN': `${name} 启动时使用了 --network host 和 -p ${port.hostPort}:${port.port}。在该网络上 Docker 不发布端口：程序直接监听虚拟机的端口 ${port.port}${there ? '' : '（如果有监听）'}，而 ${port.hostPort} 上无人监听。`,
          },
          fixes: [
            {
              title: {
                en: 'Make the container again on a bridge network',
                'zh-CN': '在桥接网络上重新创建容器',
              },
              commands: [
                `docker rm -f ${quoteWhereNeeded(name)}`,
                `docker run --name ${quoteWhereNeeded(name)} -p ${port.hostPort}:${port.port} …`,
              ],
              undo: [
                `docker rm -f ${quoteWhereNeeded(name)}`,
                `docker run --name ${quoteWhereNeeded(name)} --network host …`,
              ],
              applies: 'told',
              warning: {
                en: `Or keep it, and use port ${port.port}: a VirtualBox forward has to lead there then.`,
                'zh-CN': `或者保持不变，改用端口 ${port.port}：此时 VirtualBox 的转发也要指向它。`,
              },
            },
          ],
        },
      ];
    }),
});

/** It was on a network once: Docker remembers which in NetworkMode. */
function disconnected(
  { name, networkMode, compose }: DockerContainer,
  common: Pick<Finding, 'layer' | 'grade' | 'owner' | 'evidence' | 'explains'>,
): Finding {
  const network = quoteWhereNeeded(networkMode);
  const alias = compose ? `--alias ${quoteWhereNeeded(compose.service)} ` : '';
  return {
    id: 'container-on-no-network',
    ...common,
    insteadOf: ['container-no-default-route', 'nothing-listens', 'port-not-translated', 'port-not-published'],
    title: {
      en: `${name} runs, but is connected to no network any more`,
      'zh-CN': `${name} 正在运行，但已不再连接任何网络`,
    },
    says: {
      en: `${name} was made for the network ${networkMode} and has been disconnected from it (docker network disconnect): it has only its own loopback, other containers don't find it, and its published ports are gone.`,
      'zh-CN': `${name} 原本连接网络 ${networkMode}，但已被断开（docker network disconnect）：它只有自己的环回接口，其他容器找不到它，发布的端口也已消失。`,
    },
    fixes: [
      {
        title: { en: `Connect it to ${networkMode} again`, 'zh-CN': `重新连接到 ${networkMode}` },
        commands: [`docker network connect ${alias}${network} ${quoteWhereNeeded(name)}`],
        undo: [`docker network disconnect ${network} ${quoteWhereNeeded(name)}`],
        applies: 'at-once',
        trial: 'itself',
      },
    ],
  };
}
