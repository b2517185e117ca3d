import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { touching } from '../select.ts';
import { man } from '../sources.ts';

/** A permanent neighbour entry of the guest gives a container another hardware address than it has. */
export const wrongNeighbour = defineRule({
  id: 'wrong-neighbour',
  needs: ['neighbours', 'docker'],
  causes: {
    'wrong-neighbour': {
      sources: [man('ip-neighbour(8)')],
    },
  },
  judge: ({ neighbours, docker }, scene) =>
    docker.containers.flatMap((container) =>
      container.attachments.flatMap(({ ip, mac }) => {
        const entry = neighbours.find((n) => n.address === ip && n.state === 'PERMANENT');
        if (!ip || !mac || !entry || entry.mac === null || entry.mac.toLowerCase() === mac.toLowerCase())
          return [];
        const mine = touching(container.name, scene);
        if (mine.length === 0) return [];
        return [
          {
            id: 'wrong-neighbour',
            layer: 'link' as const,
            insteadOf: ['netfilter-drop'],
            title: {
              en: `A permanent neighbour entry has the wrong MAC for ${container.name}`,
              'zh-CN': `一条永久邻居表项为 ${container.name} 记录了错误的 MAC`,
            },
            says: {
              en: `The guest's neighbour table says, permanently, that ${ip} has the hardware address ${entry.mac}, but ${container.name} has ${mac}: what is sent to it goes to nobody.`,
              'zh-CN': `虚拟机的邻居表永久记录 ${ip} 的硬件地址为 ${entry.mac}，而 ${container.name} 的实际地址是 ${mac}：发给它的数据包无人接收。`,
            },
            grade: 'inferred' as const,
            owner: 'administrator' as const,
            evidence: [
              fromFact('neighbours', same(`${ip} dev ${entry.dev} lladdr ${entry.mac} PERMANENT`)),
              fromFact('docker', same(`${container.name}: ${ip} ${mac}`)),
              ...someFlows(mine),
            ],
            fixes: [
              {
                title: { en: 'Delete the entry', 'zh-CN': '删除该表项' },
                commands: [`ip neigh del ${ip} dev ${quoteWhereNeeded(entry.dev)}`],
                undo: [
                  `ip neigh replace ${ip} lladdr ${entry.mac} dev ${quoteWhereNeeded(entry.dev)} nud permanent`,
                ],
                applies: 'at-once',
                trial: 'itself',
              },
            ],
            explains: mine.map((f) => f.id),
          },
        ];
      }),
    ),
});
