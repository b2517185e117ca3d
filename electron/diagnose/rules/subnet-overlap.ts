import { same } from '../../../shared/text.ts';
import { addressOf } from '../address-of.ts';
import { covers } from '../covers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { remakeNetwork } from '../remake-network.ts';
import { defineRule, type Finding } from '../rule.ts';
import { thread } from '../sources.ts';

/** A Docker network's subnet covers the address that a flow wants to reach: its bridge captures the traffic. */
export const subnetOverlap = defineRule({
  id: 'docker-subnet-overlap',
  needs: ['docker'],
  causes: {
    'docker-subnet-overlap': {
      sources: [
        thread(
          'moby/moby#46615',
          'Regression: docker network conflicts with host routes when creating a new network',
        ),
        thread(
          'docker/for-win#2769',
          'Hosts in company subnet 192.168.65.0/24 unreachable from inside container',
        ),
      ],
    },
  },
  judge: ({ docker }, scene) =>
    docker.networks.flatMap((network): Finding[] => {
      const subnet = network.subnets.map((s) => s.subnet).find((s) => s !== '');
      if (!subnet || !network.bridge) return [];
      const captured = scene.bad.filter((f) => {
        const address = addressOf(f);
        return f.kind.startsWith('internet-') && address !== undefined && covers(subnet, address);
      });
      if (captured.length === 0) return [];
      return [
        {
          id: 'docker-subnet-overlap',
          layer: 'route',
          insteadOf: ['netfilter-drop', 'masquerade-missing', 'machine-offline'],
          title: {
            en: `The Docker network ${network.name} (${subnet}) overlaps what you want to reach`,
            'zh-CN': `Docker 网络 ${network.name}（${subnet}）与要访问的地址重叠`,
          },
          says: {
            en: `The Docker network ${network.name} has the subnet ${subnet}, so the guest routes every address in it to the bridge ${network.bridge} and not to the internet. ${captured[0]?.to.label ?? ''} lies in it.`,
            'zh-CN': `Docker 网络 ${network.name} 的子网为 ${subnet}，因此虚拟机会把其中的所有地址路由到网桥 ${network.bridge} 而不是互联网。${captured[0]?.to.label ?? ''} 就在其中。`,
          },
          grade: 'inferred',
          owner: 'docker',
          evidence: [
            fromFact('docker', same(`${network.name}: ${subnet}`)),
            fromFact('routes', same(`${subnet} dev ${network.bridge}`)),
            ...someFlows(captured),
          ],
          fixes: [remakeNetwork(network.name, subnet)],
          explains: captured.map((f) => f.id),
        },
      ];
    }),
});
