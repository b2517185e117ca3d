import { same } from '../../../shared/text.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn, unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

/** A name that /etc/hosts ties to an address where nobody is: no name server is asked for it, so theirs does not count. */
export const pinnedNames = defineRule({
  id: 'pinned-names',
  needs: ['docker'],
  causes: {
    'hosts-override': {
      sources: [
        man('hosts(5)'),
        {
          title: 'Docker: docker run (--add-host)',
          url: 'https://docs.docker.com/reference/cli/docker/container/run/',
        },
      ],
    },
  },
  judge: ({ docker }, scene) =>
    unseenDeaths(scene).flatMap((flow): Finding[] => {
      if (flow.kind !== 'pinned-name') return [];
      const [name = '', address = ''] = flow.to.label.split(/:\d+ = /);
      const container = docker.containers.find((c) => startsIn(c.name, flow.from));
      // the real one is reached another way: then it is the address that is wrong, and not the way to it
      const real = scene.flows.some(
        (f) =>
          f.outcome === 'ok' && f.to.host.toLowerCase() === name.toLowerCase() && f.to.what.endsWith('-name'),
      );
      if (!container || !real) return [];
      const entry = `${name}:${address}`;
      return [
        {
          id: 'hosts-override',
          layer: 'name',
          title: {
            en: `${container.name} has ${name} tied to ${address}, where nobody answers`,
            'zh-CN': `${container.name} 把 ${name} 固定为 ${address}，但那里没有应答`,
          },
          says: {
            en: `/etc/hosts in ${container.name} says that ${name} is ${address} (--add-host, extra_hosts in compose), and it goes before every name server. Nobody answers at that address, while ${name} as the name server gives it does answer.`,
            'zh-CN': `${container.name} 的 /etc/hosts 指定 ${name} 为 ${address}（来自 --add-host 或 compose 的 extra_hosts），它优先于任何 DNS 服务器。该地址没有应答，而 DNS 服务器给出的 ${name} 有应答。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [fromFact('docker', same(`${container.name}: ${entry}`)), fromFlow(flow)],
          fixes: [
            {
              title: {
                en: `Make the container again without ${entry}`,
                'zh-CN': `去掉 ${entry} 后重新创建容器`,
              },
              commands: [`docker rm -f ${container.name}`, `docker run --name ${container.name} …`],
              undo: [
                `docker rm -f ${container.name}`,
                `docker run --name ${container.name} --add-host ${entry} …`,
              ],
              warning: { en: 'The container has to be made again.', 'zh-CN': '需要重新创建容器。' },
            },
          ],
          explains: [flow.id],
        },
      ];
    }),
});
