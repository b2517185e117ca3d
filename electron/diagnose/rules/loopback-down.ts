import { same } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { man } from '../sources.ts';

/** The VM's own loopback is switched off: what it sends to itself goes nowhere, and no rule drops it. */
export const loopbackDown = defineRule({
  id: 'loopback-down',
  needs: ['interfaces'],
  causes: { 'loopback-down': { sources: [man('ip-link(8)')] } },
  judge: ({ interfaces }, scene) => {
    const lo = interfaces.find(({ flags }) => flags.includes('LOOPBACK'));
    const cut = scene.bad.filter(
      ({ from, to }) =>
        from.where === 'guest' &&
        (to.host.startsWith('127.') || scene.world.guestAddresses.includes(to.host)),
    );
    if (!lo || lo.up || cut.length === 0) return [];
    return [
      {
        id: 'loopback-down',
        layer: 'machine',
        insteadOf: ['resolver-dead'],
        title: {
          en: "The VM's loopback interface (lo) is switched off",
          'zh-CN': '虚拟机的回环接口（lo）已被关闭',
        },
        says: {
          en: 'lo is DOWN in the VM: whatever it sends to itself, to 127.0.0.1 as to its own addresses, is lost without a word, ports published on localhost and a name server on 127.0.0.53 included. No firewall is the cause; containers do not notice.',
          'zh-CN':
            '虚拟机中的 lo 处于 DOWN 状态：它发给自己的一切数据包（无论发往 127.0.0.1 还是自身的其他地址）都会无声地丢失，包括发布在 localhost 上的端口和 127.0.0.53 上的域名服务器。这与防火墙无关；容器不受影响。',
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [fromFact('interfaces', same(`lo: ${lo.state}, ${lo.flags.join(',')}`)), ...someFlows(cut)],
        fixes: [
          {
            title: { en: 'Switch it on', 'zh-CN': '启用该接口' },
            commands: ['ip link set lo up'],
            undo: ['ip link set lo down'],
            applies: 'at-once',
            trial: 'itself',
          },
        ],
        explains: cut.map((f) => f.id),
      },
    ];
  },
});
