import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { bridgeOf, leavesItsBridge } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';

/** A network's bridge was put into a VRF: what goes through it is routed by another table than the rest of the VM. */
export const bridgeInVrf = defineRule({
  id: 'bridge-in-vrf',
  needs: ['interfaces', 'docker'],
  causes: {
    'bridge-in-vrf': {
      sources: [
        {
          title: 'Linux: Virtual Routing and Forwarding (VRF)',
          url: 'https://docs.kernel.org/networking/vrf.html',
        },
      ],
    },
  },
  judge: ({ interfaces, docker }, scene) =>
    docker.networks.flatMap(({ name, bridge }): Finding[] => {
      const link = interfaces.find((i) => i.name === bridge);
      const vrf = interfaces.find((i) => i.name === link?.master && i.kind === 'vrf')?.name;
      const cut = scene.bad.filter(
        (f) => bridgeOf(f, scene) === bridge && (leavesItsBridge(f, scene) || f.from.where === 'guest'),
      );
      if (!bridge || vrf === undefined || cut.length === 0) return [];
      const dev = quoteWhereNeeded(bridge);
      return [
        {
          id: 'bridge-in-vrf',
          layer: 'route',
          insteadOf: [...SEEN_AS, 'bridge-route-missing', 'bridge-route-captured', 'forward-policy-drop'],
          title: {
            en: `${bridge} was put into the VRF ${vrf}: it is cut off from the VM's own routes`,
            'zh-CN': `${bridge} 被放入 VRF ${vrf}：与虚拟机自身的路由隔开`,
          },
          says: {
            en: `${bridge}, the bridge of ${name}, belongs to the VRF ${vrf} (ip link set … master ${vrf}). Its routes are in the table of that VRF, and what comes in by it is looked up there and goes through the firewall as if it came from ${vrf}, so Docker's rules for ${bridge} don't fit, and no answer finds back.`,
            'zh-CN': `${name} 的网桥 ${bridge} 属于 VRF ${vrf}（ip link set … master ${vrf}）。它的路由位于该 VRF 的路由表中，从它进入的流量在那里查找路由，经过防火墙时也被视为来自 ${vrf}，因此 Docker 针对 ${bridge} 的规则不再匹配，应答也无法返回。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [fromFact('interfaces', same(`${bridge}: master ${vrf} (vrf)`)), ...someFlows(cut)],
          fixes: [
            {
              title: { en: `Take ${bridge} out of the VRF`, 'zh-CN': `将 ${bridge} 移出该 VRF` },
              commands: [`ip link set ${dev} nomaster`],
              undo: [`ip link set ${dev} master ${quoteWhereNeeded(vrf)}`],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
          explains: cut.map((f) => f.id),
        },
      ];
    }),
});
