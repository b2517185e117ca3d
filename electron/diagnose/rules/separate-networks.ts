import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_BRIDGE } from '../sources.ts';

const networksOf = (c: DockerContainer) => c.attachments.map(({ network }) => network);

/**
 * Containers that want to reach each other share no network: Docker keeps networks apart, and its name server tells
 * nobody about containers elsewhere. Only flows that are surely wanted are tried between networks, see flow/intent.ts.
 */
export const separateNetworks = defineRule({
  id: 'separate-networks',
  needs: ['docker'],
  causes: {
    'service-on-another-network': {
      sources: [
        DOCKER_BRIDGE,
        {
          title: 'Docker: Networking in Compose',
          url: 'https://docs.docker.com/compose/how-tos/networking/',
        },
      ],
    },
  },
  judge: ({ docker }, scene) =>
    docker.containers.flatMap((target): Finding[] => {
      const lost = scene.bad.filter(({ from, to }) => {
        if (from.where !== 'container' || to.container !== target.name) return false;
        const asker = docker.containers.find(({ name }) => name === from.name);
        return asker !== undefined && !networksOf(asker).some((n) => networksOf(target).includes(n));
      });
      const [first] = lost;
      if (first?.from.where !== 'container') return [];
      const place = deathsByPlace(scene.journeys.filter((j) => lost.some(({ id }) => id === j.flowId)))[0]
        ?.place;
      const theirs = first.from.network;
      const its = networksOf(target).join(', ');
      const { name } = first.from;
      return [
        {
          id: 'service-on-another-network',
          layer: 'filter',
          // since version 28 Docker keeps them apart by that, too
          insteadOf: ['netfilter-drop', 'docker-blocks-direct-access'],
          title: {
            en: `${name} and ${target.name} are on different networks`,
            'zh-CN': `${name} 与 ${target.name} 位于不同的网络`,
          },
          says: {
            en: `${name} is on ${theirs} and ${target.name} on ${its}: a different network. Docker isolates networks from each other, and its name server knows only the containers of the asker's own. Nobody else is on ${its}, and ${target.name} publishes no port, so nobody at all can use it.`,
            'zh-CN': `${name} 位于 ${theirs}，而 ${target.name} 位于另一个网络 ${its}。Docker 会隔离不同的网络，其 DNS 也只认识同一网络中的容器。${its} 上没有其他容器，${target.name} 也没有发布端口，因此没有任何人能使用它。`,
          },
          grade: place ? 'traced' : 'inferred',
          owner: 'docker',
          ...(place ? { where: place } : {}),
          evidence: [
            fromFact('docker', same(`${name}: ${theirs}; ${target.name}: ${its}`)),
            ...someFlows(lost),
          ],
          fixes: [
            {
              title: {
                en: `Connect ${target.name} to ${theirs}`,
                'zh-CN': `把 ${target.name} 连接到 ${theirs}`,
              },
              commands: [connect(target, theirs)],
              undo: [
                `docker network disconnect ${quoteWhereNeeded(theirs)} ${quoteWhereNeeded(target.name)}`,
              ],
              applies: 'at-once',
              warning: {
                en: 'With compose, add the network to the service there, or it is gone when the container is made again.',
                'zh-CN': '若使用 compose，请在其中为该服务添加网络，否则重新创建容器后会丢失。',
              },
            },
          ],
          explains: lost.map(({ id }) => id),
        },
      ];
    }),
});

function connect({ name, compose }: DockerContainer, network: string): string {
  const alias = compose ? ['--alias', compose.service] : [];
  return `docker network connect ${[...alias, network, name].map(quoteWhereNeeded).join(' ')}`;
}
