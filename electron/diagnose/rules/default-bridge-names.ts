import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';
import { askedInVain } from '../spread.ts';

/** Containers call each other by name on the default bridge, where Docker has no name server. */
export const defaultBridgeNames = defineRule({
  id: 'default-bridge-names',
  needs: ['docker'],
  causes: {
    'default-bridge-no-names': {
      sources: [DOCKER_BRIDGE, thread('moby/moby#48027', 'Use internal resolver for default bridge')],
      holds: 'Docker 1.10 and later, without --link',
    },
  },
  judge: ({ docker }, scene) => {
    const lost = scene.bad.filter(
      (f) =>
        f.to.what === 'container-name' &&
        f.from.where !== 'mac' &&
        'network' in f.from &&
        f.from.network === 'bridge' &&
        askedInVain(f),
    );
    const [first] = lost;
    if (!first) return [];
    const names = [...new Set(lost.map(({ to }) => to.host))].join(', ');
    const called = [...new Set(lost.flatMap(({ to }) => to.container ?? []))];
    const home = docker.networks.find(({ labels }) => {
      const project = labels['com.docker.compose.project'];
      return project !== undefined && called.some((name) => name.startsWith(project));
    });
    const network = home?.name ?? 'app';
    const joined = [
      ...lost.flatMap(({ to: { container, host } }) => (container ? [{ name: container, host }] : [])),
      ...lost.flatMap(({ from }) => (from.where === 'container' ? [{ name: from.name, host: '' }] : [])),
    ].filter(({ name }, i, all) => all.findIndex((other) => other.name === name) === i);
    return [
      {
        id: 'default-bridge-no-names',
        layer: 'name',
        title: {
          en: `The containers are on the default bridge, where no name such as ${first.to.host} resolves`,
          'zh-CN': `容器位于默认网桥（default bridge），${first.to.host} 这样的名称在其中无法解析`,
        },
        says: {
          en: `${called.join(', ')} runs on Docker's default bridge (docker0). It has no name server for containers, so ${names} can't be found there, while the addresses work. ${home ? `Their own network ${home.name} exists and is empty: they were started without it.` : 'Every network that you create yourself has one.'}`,
          'zh-CN': `${called.join('、')} 运行在 Docker 的默认网桥（docker0）上。它没有供容器使用的 DNS，因此无法找到 ${names}，但用 IP 地址可以访问。${home ? `它们自己的网络 ${home.name} 存在但是空的：容器启动时没有使用它。` : '自行创建的网络都有 DNS。'}`,
        },
        grade: 'inferred',
        owner: 'docker',
        evidence: [
          fromFact(
            'docker',
            same(`${called.join(', ')}: bridge (docker0)${home ? `; ${home.name}: -` : ''}`),
          ),
          ...someFlows(lost),
        ],
        fixes: [
          {
            title: { en: `Put them on the network ${network}`, 'zh-CN': `把它们接入网络 ${network}` },
            commands: [
              ...(home ? [] : [`docker network create ${quoteWhereNeeded(network)}`]),
              ...joined.map(
                ({ name, host }) =>
                  `docker network connect ${[...(host ? ['--alias', host] : []), network, name].map(quoteWhereNeeded).join(' ')}`,
              ),
            ],
            undo: [
              ...joined
                .toReversed()
                .map(
                  ({ name }) =>
                    `docker network disconnect ${quoteWhereNeeded(network)} ${quoteWhereNeeded(name)}`,
                ),
              ...(home ? [] : [`docker network rm ${quoteWhereNeeded(network)}`]),
            ],
            applies: 'at-once',
          },
        ],
        explains: lost.map(({ id }) => id),
      },
    ];
  },
});
