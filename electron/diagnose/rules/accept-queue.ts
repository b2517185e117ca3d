import { namespaceOf } from '../../probe/containers.ts';
import { doorOf } from '../door-of.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { restartContainer } from '../restart-container.ts';
import { defineRule, type Finding } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

/**
 * A program in a container listens, and accepts nobody: its queue of connections is full, and the kernel answers no further
 * one. From without it looks as if a firewall dropped the packets.
 */
export const acceptQueue = defineRule({
  id: 'accept-queue',
  needs: ['docker', 'containers'],
  causes: {
    'accept-queue-full': {
      sources: [
        man('listen(2)'),
        {
          title: 'Cloudflare: SYN packet handling in the wild',
          url: 'https://blog.cloudflare.com/syn-packet-handling-in-the-wild/',
        },
      ],
    },
  },
  judge: ({ docker, containers }, scene) => {
    const unseen = unseenDeaths(scene);
    return docker.containers.flatMap(({ id, name, state }): Finding[] => {
      const inside = namespaceOf(containers, id);
      if (state !== 'running' || !inside) return [];
      const full = inside.listeners.filter(({ waiting = 0 }) => waiting > 0);
      return full.flatMap(({ port, waiting = 0 }): Finding[] => {
        const led = scene.flows.filter(
          (f) => f.to.container === name && f.to.proto === 'tcp' && doorOf(f)?.port === port,
        );
        // docker-proxy accepts by itself; whoever else gets through shows that the queue has room
        const through = led.some((f) => f.outcome === 'ok' && f.to.what !== 'published-port');
        const lost = unseen.filter((f) => led.includes(f) && f.outcome === 'timeout');
        if (through || lost.length === 0) return [];
        const many = {
          en: `${waiting} ${waiting === 1 ? 'connection waits' : 'connections wait'}`,
          'zh-CN': `${waiting} 个连接`,
        };
        return [
          {
            id: 'accept-queue-full',
            layer: 'port',
            insteadOf: ['netfilter-drop', 'kernel-drop'],
            title: {
              en: `The program on port ${port} in ${name} accepts no connections: ${many.en} for it`,
              'zh-CN': `${name} 中端口 ${port} 上的程序不接受连接：${many['zh-CN']}在等待`,
            },
            says: {
              en: `A program in ${name} listens on port ${port}, and ${many.en} in the kernel for it to accept them. Its queue is full, so the kernel answers no further ones, which looks as if a firewall dropped them. The network is as it should be; the program hangs, is stopped, or is overwhelmed: see docker logs ${name} and docker top ${name}.`,
              'zh-CN': `${name} 中有程序监听端口 ${port}，${many['zh-CN']}正在内核中等待它接受。队列已满，内核不再应答新的连接，看起来就像被防火墙丢弃。网络本身正常；是该程序卡住、被暂停或不堪重负：请查看 docker logs ${name} 和 docker top ${name}。`,
            },
            grade: 'inferred',
            owner: 'administrator',
            evidence: [
              fromFact('containers', {
                en: `${name}: port ${port}, ${many.en} to be accepted`,
                'zh-CN': `${name}：端口 ${port}，${many['zh-CN']}等待被接受`,
              }),
              ...someFlows(lost),
            ],
            fixes: [restartContainer(name)],
            explains: lost.map((f) => f.id),
          },
        ];
      });
    });
  },
});
