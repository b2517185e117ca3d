import { same, type Text } from '../../../shared/text.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { DOCKER_PORTS, thread } from '../sources.ts';

const isLoopback = (address: string) => address.startsWith('127.') || address === '::1';

/** Behind a published port nobody listens in the container, or only on its own loopback, which Docker can't reach. */
export const nothingListens = defineRule({
  id: 'nothing-listens',
  needs: ['docker', 'containers'],
  causes: {
    'listens-on-loopback': {
      sources: [thread('moby/moby#10900', 'Adding info to faq per customer problem.'), DOCKER_PORTS],
    },
    'nothing-listens': {
      sources: [DOCKER_PORTS, thread('gliderlabs/logspout#136', 'Connection Reset By Peer')],
    },
  },
  judge: ({ docker, containers }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const { name } = container;
      const inside = namespaceOf(containers, container.id);
      // it was reached: whoever is cut off before is not refused
      const refused = unseenDeaths(scene).filter(
        (f) =>
          f.to.what === 'published-port' &&
          f.to.container === name &&
          ['refused', 'reset'].includes(f.outcome),
      );
      const port = refused[0]?.to.behind?.port;
      if (container.state !== 'running' || !inside || port === undefined) return [];
      const mine = refused.filter((f) => f.to.behind?.port === port);
      const tcp = inside.listeners.filter((l) => l.proto === 'tcp' && l.address !== '127.0.0.11');
      const here = tcp.filter((l) => l.port === port);
      if (here.some((l) => !isLoopback(l.address))) return [];
      const others = [...new Set(tcp.map((l) => l.port))];
      const local = here.length > 0;
      const open: Text =
        others.length === 0
          ? { en: 'It listens on no TCP port at all.', 'zh-CN': '它没有监听任何 TCP 端口。' }
          : { en: `It listens on ${others.join(', ')}.`, 'zh-CN': `它监听的端口是 ${others.join('、')}。` };
      const common = {
        layer: 'port' as const,
        insteadOf: ['netfilter-drop'],
        grade: 'inferred' as const,
        owner: 'administrator' as const,
        evidence: [
          fromFact(
            'containers',
            same(`${name}: ${tcp.map((l) => `${l.address}:${l.port}`).join(', ') || '-'}`),
          ),
          ...mine.slice(0, 2).map(fromFlow),
        ],
        explains: mine.map((f) => f.id),
      };
      if (local)
        return [
          {
            id: 'listens-on-loopback',
            ...common,
            title: {
              en: `The program in ${name} listens on 127.0.0.1:${port} only`,
              'zh-CN': `${name} 中的程序只监听 127.0.0.1:${port}`,
            },
            says: {
              en: `Docker leads the published port to port ${port} of ${name}'s own address, but the program in there listens on the container's loopback only, so the connection is refused. Have it listen on 0.0.0.0: most servers have an option for the address (--host, bind, listen).`,
              'zh-CN': `Docker 把发布的端口引向 ${name} 自身地址的端口 ${port}，但其中的程序只监听容器的环回地址，因此连接被拒绝。请让它监听 0.0.0.0：多数服务器都有地址选项（--host、bind、listen）。`,
            },
            fixes: [],
          },
        ];
      return [
        {
          id: 'nothing-listens',
          ...common,
          title: {
            en: `Nobody listens on port ${port} in ${name}, which its published port leads to`,
            'zh-CN': `${name} 的发布端口指向其中的端口 ${port}，但无人监听`,
          },
          says: {
            en: `Docker leads the published port to port ${port} of ${name}, and no program in the container listens there. ${open.en} Publish the port that it really uses (-p HOST:PORT), or see in docker logs why it did not start.`,
            'zh-CN': `Docker 把发布的端口引向 ${name} 的端口 ${port}，但容器中没有程序监听它。${open['zh-CN']}请发布它真正使用的端口（-p HOST:PORT），或在 docker logs 中查看它为何没有启动。`,
          },
          fixes: [],
        },
      ];
    }),
});
