import { same } from '../../../shared/text.ts';
import { originLabel } from '../../flow/kind.ts';
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
      // the real one is reached another way: then it is the address that is wrong, and not the way to it
      const real = scene.flows.some(
        (f) =>
          f.outcome === 'ok' &&
          f.kind !== 'program-name' &&
          f.to.host.toLowerCase() === name.toLowerCase() &&
          f.to.what.endsWith('-name'),
      );
      if (!real) return [];
      const who = originLabel(flow.from);
      const container = docker.containers.find((c) => startsIn(c.name, flow.from));
      const asked = container?.extraHosts.some((entry) => entry.startsWith(`${name}:`)) ?? false;
      return [
        {
          id: 'hosts-override',
          layer: 'name',
          title: {
            en: `/etc/hosts of ${who} ties ${name} to ${address}, where nobody answers`,
            'zh-CN': `${who} 的 /etc/hosts 把 ${name} 固定为 ${address}，但那里没有应答`,
          },
          says: {
            en: `/etc/hosts of ${who} says that ${name} is ${address}${asked ? ' (--add-host, or extra_hosts in compose)' : ''}, and it goes before every name server. Nobody answers at that address, while ${name} as the name server gives it does answer.`,
            'zh-CN': `${who} 的 /etc/hosts 指定 ${name} 为 ${address}${asked ? '（来自 --add-host 或 compose 的 extra_hosts）' : ''}，它优先于任何 DNS 服务器。该地址没有应答，而 DNS 服务器给出的 ${name} 有应答。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact(container ? 'containers' : 'resolver', same(`${who}: /etc/hosts ${address} ${name}`)),
            fromFlow(flow),
          ],
          fixes: asked
            ? [
                {
                  title: { en: 'Make the container again without it', 'zh-CN': '去掉该项后重新创建容器' },
                  commands: [`docker rm -f ${who}`, `docker run --name ${who} …`],
                  undo: [`docker rm -f ${who}`, `docker run --name ${who} --add-host ${name}:${address} …`],
                  applies: 'told',
                  warning: { en: 'The container has to be made again.', 'zh-CN': '需要重新创建容器。' },
                },
              ]
            : [],
          explains: [flow.id],
        },
      ];
    }),
});
