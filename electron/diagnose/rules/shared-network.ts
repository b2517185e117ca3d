import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { leftNetwork } from '../../flow/shared-network.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching } from '../select.ts';
import { thread } from '../sources.ts';

/** A container shares the network of another one that has been started or made anew since: it is left in the old one, alone. */
export const sharedNetwork = defineRule({
  id: 'shared-network',
  needs: ['docker', 'containers'],
  causes: {
    'shared-network-gone': {
      sources: [
        thread(
          'docker/compose#6626',
          'Restart/Reconnect containers connected via network_mode: service automatically when main service is restarted',
        ),
        thread(
          'docker/for-linux#1299',
          'Restart of a container renders other containers using the same network stack offline',
        ),
      ],
    },
  },
  judge: ({ docker, containers }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const { name } = container;
      const own = touching(name, scene);
      const left = own.length > 0 && leftNetwork(container, docker.containers, containers);
      if (!left) return [];
      const { owner } = left;
      // the ports of the shared network are published for its owner, and served by who shares it
      const served = owner
        ? scene.bad.filter(({ to, outcome }) => to.container === owner.name && outcome === 'refused')
        : [];
      const mine = [...own, ...served];
      const runs = owner?.state === 'running';
      const whose: Text = owner
        ? { en: owner.name, 'zh-CN': ` ${owner.name} ` }
        : { en: 'a container that is there no more', 'zh-CN': '一个已不存在的容器' };
      const since: Text = !owner
        ? { en: 'that container was removed', 'zh-CN': '该容器已被删除' }
        : runs
          ? { en: `${owner.name} has been started anew since`, 'zh-CN': `此后 ${owner.name} 重新启动过` }
          : { en: `${owner.name} does not run`, 'zh-CN': `${owner.name} 未在运行` };
      const quoted = quoteWhereNeeded(name);
      return [
        {
          id: 'shared-network-gone',
          layer: 'container',
          grade: 'inferred',
          owner: 'administrator',
          insteadOf: ['container-no-default-route', 'nothing-listens', 'container-link-missing'],
          title: {
            en: `${name} is left in the network that ${whose.en} had before`,
            'zh-CN': `${name} 仍留在${whose['zh-CN']}先前的网络中`,
          },
          says: {
            en: `${name} shares the network of ${whose.en} (network_mode: service:… or --network container:…), and ${since.en}. Docker gives a container a new network at each start, so ${name} still is in the old one, which has nothing but loopback. It gets the new one when it is started again itself.`,
            'zh-CN': `${name} 共用${whose['zh-CN']}的网络（network_mode: service:… 或 --network container:…），而${since['zh-CN']}。Docker 每次启动容器都会新建网络，因此 ${name} 仍在旧网络中，其中只剩环回接口。重新启动它自身后才会用上新的网络。`,
          },
          evidence: [
            fromFact('docker', same(`${name}: NetworkMode ${container.networkMode}`)),
            fromFact('containers', {
              en: `${name} is in another network namespace than ${whose.en}, with the interface lo only`,
              'zh-CN': `${name} 与${whose['zh-CN']}不在同一网络命名空间，其中只有接口 lo`,
            }),
            ...someFlows(mine),
          ],
          explains: mine.map((f) => f.id),
          fixes: [
            owner
              ? {
                  title: {
                    en: `Start ${name} again, after ${owner.name}`,
                    'zh-CN': `在 ${owner.name} 之后重新启动 ${name}`,
                  },
                  commands: [
                    ...(runs ? [] : [`docker start ${quoteWhereNeeded(owner.name)}`]),
                    `docker restart ${quoted}`,
                  ],
                  undo: [],
                  applies: 'told',
                  warning: {
                    en: `What runs in ${name} is interrupted.`,
                    'zh-CN': `${name} 中运行的程序会中断。`,
                  },
                }
              : {
                  title: { en: `Make ${name} again`, 'zh-CN': `重新创建 ${name}` },
                  commands: [`docker rm -f ${quoted}`, `docker run --name ${quoted} --network container:… …`],
                  undo: [],
                  applies: 'told',
                  warning: {
                    en: 'Compose does it with: docker compose up -d --force-recreate',
                    'zh-CN': '使用 Compose 时：docker compose up -d --force-recreate',
                  },
                },
          ],
        },
      ];
    }),
});
