import { quoteWhereNeeded } from '../../connect/quote.ts';
import { placesOn, portFinding } from '../bridge-place.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { startsIn, touching } from '../select.ts';
import { man } from '../sources.ts';

const BRIDGE = man('bridge(8)');
/** The bridge itself threw it away (`br_handle_frame_finish`, seen on 6.1). */
const BY_BRIDGE = /^br_/;

/** A port of a bridge whose options keep from a container what is meant for it, or what it sends: learning, flooding, locking. */
export const bridgePortOptions = defineRule({
  id: 'bridge-port-options',
  needs: ['interfaces', 'docker', 'containers', 'bridges'],
  causes: {
    'bridge-port-unknown': { sources: [BRIDGE, man('ip-link(8)')] },
    'bridge-port-locked': { sources: [BRIDGE], holds: 'Linux 5.18 and later, which can lock a port' },
    'bridge-port-without-broadcast': { sources: [BRIDGE] },
  },
  judge: ({ interfaces, docker, containers, bridges }, scene) => {
    const known = [...bridges.fixed, ...bridges.learnt];
    return placesOn(interfaces, docker, containers).flatMap(({ container, port, mac }): Finding[] => {
      const { name } = container;
      const mine = touching(name, scene).filter((f) => mayDieOnBridge(f, scene));
      const bridge = port.master ?? '';
      const dev = quoteWhereNeeded(port.name);
      const options = (words: string) => `${port.name}: master ${bridge} ${words}`;
      const listed = known.some((k) => k.port === port.name && k.mac === mac?.toLowerCase());
      const seen = scene.journeys.filter(
        (j) => BY_BRIDGE.test(j.drop?.function ?? '') && mine.some((f) => f.id === j.flowId),
      );
      // a bridge that may learn knows a container as soon as that sends anything
      if (mine.length > 0 && !listed && !port.learning && port.locked)
        return [
          portFinding(
            'bridge-port-locked',
            port,
            mine,
            {
              title: {
                en: `The bridge port of ${name} (${port.name}) is locked, and ${bridge} has no entry for ${name}: nothing of it is let in`,
                'zh-CN': `${name} 的网桥端口 ${port.name} 已锁定（locked），而 ${bridge} 没有 ${name} 的表项：它的流量一律不被接收`,
              },
              says: {
                en: `${port.name} is locked: ${bridge} takes packets from it only where its forwarding table (fdb) has their sender at that port, and there is no entry for ${mac}, the address of ${name}. 802.1X daemons set this, and add the entry for whom they let in.`,
                'zh-CN': `${port.name} 处于锁定状态：只有当 ${bridge} 的转发表（fdb）中记录发送者位于该端口时，才接收其数据包，而其中没有 ${name} 的地址 ${mac}。802.1X 守护进程会这样设置，并为获准接入者添加表项。`,
              },
              fact: `${options('locked on learning off')}, fdb: no ${mac}`,
              fix: [`bridge link set dev ${dev} locked off`, `bridge link set dev ${dev} locked on`],
            },
            seen,
          ),
        ];
      if (mine.length > 0 && !listed && !port.learning && !port.flood)
        return [
          portFinding(
            'bridge-port-unknown',
            port,
            mine,
            {
              title: {
                en: `${bridge} does not know where ${name} is, and may not find out: its port ${port.name} has learning and flooding off`,
                'zh-CN': `${bridge} 不知道 ${name} 在哪里，也无法得知：其端口 ${port.name} 关闭了学习（learning）和泛洪（flood）`,
              },
              says: {
                en: `The forwarding table (fdb) of ${bridge} has no entry for ${mac}, the address of ${name}. With learning off on ${port.name} none comes to be, and with flood off what is for an unknown address is not sent there: ${bridge} throws away all that is meant for ${name}.`,
                'zh-CN': `${bridge} 的转发表（fdb）中没有 ${name} 的地址 ${mac}。${port.name} 关闭了 learning，因此不会产生表项；又关闭了 flood，发往未知地址的数据包也不会送到那里：${bridge} 丢弃了所有发给 ${name} 的数据包。`,
              },
              fact: `${options('learning off flood off')}, fdb: no ${mac}`,
              fix: [
                `bridge link set dev ${dev} learning on flood on`,
                `bridge link set dev ${dev} learning off flood off`,
                `ip link set dev ${dev} type bridge_slave fdb_flush`,
              ],
            },
            seen,
          ),
        ];
      // what the VM itself asks everybody is sent to every port all the same
      const asked = mine.filter((f) => f.from.where === 'container' && !startsIn(name, f.from));
      const found = scene.flows.some(
        (f) => f.outcome === 'ok' && f.to.container === name && f.from.where === 'container',
      );
      if (port.bcastFlood || asked.length === 0 || found) return [];
      return [
        portFinding('bridge-port-without-broadcast', port, asked, {
          title: {
            en: `The bridge port of ${name} (${port.name}) gets no broadcasts: its neighbours cannot ask for its address`,
            'zh-CN': `${name} 的网桥端口 ${port.name} 收不到广播：邻居无法查询其地址`,
          },
          says: {
            en: `bcast_flood is off on ${port.name}, so ${bridge} does not pass on the ARP questions by which other containers learn the hardware address of ${name}: they cannot reach it until it has spoken to them. The VM itself is not concerned.`,
            'zh-CN': `${port.name} 关闭了 bcast_flood，因此 ${bridge} 不转发其他容器用来获知 ${name} 硬件地址的 ARP 询问：在它主动联系它们之前，它们无法访问它。虚拟机自身不受影响。`,
          },
          fact: options('bcast_flood off'),
          fix: [
            `bridge link set dev ${dev} bcast_flood on`,
            `bridge link set dev ${dev} bcast_flood off`,
            ...forget(asked, container.attachments.find((a) => a.mac === mac)?.ip),
          ],
        }),
      ];
    });
  },
});

/** Has those who asked forget the hardware address behind an address again, which they would go on using. */
function forget(flows: Scene['bad'], address: string | null | undefined): string[] {
  const pids = flows.flatMap(({ from }) => (from.where === 'container' ? [from.pid] : []));
  return address ? [...new Set(pids)].map((pid) => `nsenter -t ${pid} -n ip neigh flush to ${address}`) : [];
}

/** Was no packet of it seen to die but on a bridge? A copy that a bridge sent to somebody else (OTHERHOST) tells nothing. */
function mayDieOnBridge(flow: Scene['bad'][number], { journeys }: Scene): boolean {
  return journeys
    .filter((j) => j.flowId === flow.id)
    .every(
      ({ at, drop }) => !at && (!drop || drop.reason === 'OTHERHOST' || BY_BRIDGE.test(drop.function ?? '')),
    );
}
