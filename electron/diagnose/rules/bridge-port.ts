import { quoteWhereNeeded } from '../../connect/quote.ts';
import { placesOn, portFinding } from '../bridge-place.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn, touching, unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

const BRIDGE = man('bridge(8)');

/** A port of a bridge that is isolated, blocked, in no VLAN, or not the one that the bridge was told to use. */
export const bridgePort = defineRule({
  id: 'bridge-port',
  needs: ['interfaces', 'docker', 'containers', 'bridges'],
  causes: {
    'bridge-port-isolated': { sources: [BRIDGE, man('ip-link(8)')] },
    'bridge-port-blocked': { sources: [BRIDGE, man('ip-link(8)')] },
    'bridge-port-without-vlan': { sources: [BRIDGE, man('ip-link(8)')] },
    'bridge-entry-wrong': { sources: [BRIDGE] },
  },
  judge: ({ interfaces, docker, containers, bridges }, scene) => {
    const places = placesOn(interfaces, docker, containers);
    const alive = unseenDeaths(scene);
    return places.flatMap(({ container, port, mac }): Finding[] => {
      const { name } = container;
      const mine = touching(name, scene).filter((f) => alive.includes(f));
      if (mine.length === 0) return [];
      const dev = quoteWhereNeeded(port.name);
      const bridge = port.master ?? '';
      const master = interfaces.find((i) => i.name === bridge);
      const filtering = master?.vlanFiltering ?? false;
      const vlan = bridges.vlans.find((v) => v.port === port.name);
      if (filtering && (vlan?.untagged ?? null) === null)
        return [
          portFinding('bridge-port-without-vlan', port, mine, {
            title: {
              en: `${bridge} filters by VLAN, and the port of ${name} (${port.name}) belongs to none: it has no PVID`,
              'zh-CN': `${bridge} 启用了 VLAN 过滤，而 ${name} 的端口 ${port.name} 不属于任何 VLAN（没有 PVID）`,
            },
            says: {
              en: `vlan_filtering is on for ${bridge}. Containers send packets without a VLAN tag, and a port without a PVID throws those away, so nothing gets from ${name} onto its network.`,
              'zh-CN': `${bridge} 启用了 vlan_filtering。容器发送的数据包不带 VLAN 标签，没有 PVID 的端口会将其丢弃，因此 ${name} 的流量无法进入其网络。`,
            },
            fact: `${port.name}: master ${bridge} vlan_filtering 1, PVID -`,
            fix: [`bridge vlan add dev ${dev} vid 1 pvid untagged`, `bridge vlan del dev ${dev} vid 1`],
          }),
        ];
      // the ports of a bridge that is down, and one without carrier, are disabled for that reason
      const held = port.portState !== 'forwarding' && port.up && port.carrier && (master?.up ?? false);
      if (held && port.portState !== null)
        return [
          portFinding('bridge-port-blocked', port, mine, {
            title: {
              en: `The bridge port of ${name} (${port.name}) is ${port.portState}: ${bridge} passes nothing of it on`,
              'zh-CN': `${name} 的网桥端口 ${port.name} 处于 ${port.portState} 状态：${bridge} 不转发它的流量`,
            },
            says: {
              en: `${port.name} is in the state ${port.portState} on ${bridge}: spanning tree (STP) holds it back, or somebody set that state, so nothing of ${name} gets onto its network.`,
              'zh-CN': `${port.name} 在 ${bridge} 上处于 ${port.portState} 状态：生成树协议（STP）将其阻塞，或有人设置了该状态，因此 ${name} 的流量无法进入其网络。`,
            },
            fact: `${port.name}: master ${bridge} state ${port.portState}`,
            fix: [
              `bridge link set dev ${dev} state 3`,
              `bridge link set dev ${dev} state ${{ disabled: 0, listening: 1, learning: 2 }[port.portState] ?? 4}`,
            ],
          }),
        ];
      const wrong = bridges.fixed.find(
        (f) => f.mac === mac?.toLowerCase() && f.bridge === bridge && f.port !== port.name,
      );
      if (wrong)
        return [
          portFinding('bridge-entry-wrong', port, mine, {
            title: {
              en: `${bridge} was told to look for ${name} at the wrong port: ${wrong.mac} at ${wrong.port}`,
              'zh-CN': `${bridge} 被告知在错误的端口寻找 ${name}：${wrong.mac} 位于 ${wrong.port}`,
            },
            says: {
              en: `An entry in the forwarding table (fdb) of ${bridge}, set by hand, says that ${wrong.mac}, the address of ${name}, is at ${wrong.port}, while it is at ${port.name}: what is sent to it goes to somebody else.`,
              'zh-CN': `${bridge} 转发表（fdb）中的一条人为设置的表项称 ${name} 的地址 ${wrong.mac} 位于 ${wrong.port}，而实际在 ${port.name}：发给它的数据包送给了别人。`,
            },
            fact: `fdb: ${wrong.mac} dev ${wrong.port} ${wrong.as}; ${name}: ${port.name}`,
            fix: [
              `bridge fdb del ${wrong.mac} dev ${quoteWhereNeeded(wrong.port)} master`,
              // by then the bridge has learnt where the address is
              `bridge fdb replace ${wrong.mac} dev ${quoteWhereNeeded(wrong.port)} master ${wrong.as}`,
            ],
          }),
        ];
      // isolated ports may not talk to each other; the rest of the world is open to them
      const between = mine.filter((f) => {
        const other = startsIn(name, f.from) ? f.to.container : undefined;
        return places.some((p) => p.container.name === other && p.port.isolated);
      });
      if (!port.isolated || between.length === 0) return [];
      return [
        portFinding('bridge-port-isolated', port, between, {
          title: {
            en: `The bridge ports of ${name} (${port.name}) and its neighbour are isolated from each other`,
            'zh-CN': `${name} 的网桥端口 ${port.name} 与其邻居的端口互相隔离（isolated）`,
          },
          says: {
            en: `${port.name} and the port of the container that it wants to reach are both marked isolated on ${bridge}: a bridge passes nothing from one isolated port to another, whatever the firewall says. Everything else works.`,
            'zh-CN': `${port.name} 与目标容器的端口在 ${bridge} 上都被标记为 isolated：无论防火墙如何设置，网桥都不会在两个隔离端口之间转发流量。其他流量均正常。`,
          },
          fact: `${port.name}: master ${bridge} isolated on`,
          fix: [
            `ip link set ${dev} type bridge_slave isolated off`,
            `ip link set ${dev} type bridge_slave isolated on`,
          ],
        }),
      ];
    });
  },
});
