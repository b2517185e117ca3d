import type { Fix } from '../../../shared/cause.ts';
import { same, type Text } from '../../../shared/text.ts';
import { failed } from '../../flow/telling.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { resolvConfFix } from '../resolv-conf-fix.ts';
import { defineRule } from '../rule.ts';
import { guestFails } from '../select.ts';
import { man, thread } from '../sources.ts';
import { lostForNames } from '../spread.ts';

const START_RESOLVED: Fix = {
  title: { en: 'Start systemd-resolved', 'zh-CN': '启动 systemd-resolved' },
  commands: ['systemctl enable --now systemd-resolved'],
  undo: ['systemctl disable --now systemd-resolved'],
  applies: 'at-once',
};

/** The VM asks a name server on its own loopback address, and none runs there. */
export const loopbackServer = defineRule({
  id: 'loopback-server',
  needs: ['resolver', 'listeners'],
  causes: {
    'vm-name-server-not-running': {
      sources: [
        man('systemd-resolved.service(8)'),
        thread('VirtualBox/virtualbox#205', '[Bug]: 7.2 Guest DNS Failure on NAT. Worked on 7.1'),
      ],
    },
  },
  judge: ({ resolver, listeners }, scene) => {
    const servers = resolver.servers.filter((s) => s.startsWith('127.'));
    const [server] = servers;
    const asked = scene.flows.filter((f) => f.from.where === 'guest' && f.kind === 'dns-server');
    const open = listeners.some(
      (l) => l.port === 53 && (servers.includes(l.address) || ['0.0.0.0', '::'].includes(l.address)),
    );
    const silent = asked.some(failed) && asked.every((f) => f.outcome !== 'ok');
    if (
      !server ||
      servers.length < resolver.servers.length ||
      open ||
      !silent ||
      guestFails('internet-ip', scene)
    )
      return [];
    const vain = lostForNames(scene, (f) => f.from.where === 'guest');
    const why: Text = resolver.systemdResolved
      ? {
          en: 'systemd-resolved runs, but does not listen there (DNSStubListener=no, perhaps).',
          'zh-CN': 'systemd-resolved 正在运行，但没有监听该地址（可能设置了 DNSStubListener=no）。',
        }
      : {
          en: 'systemd-resolved, whose address that is, does not run. VirtualBox 7.2.0 also hands out the address 127.0.0.53 of its host by DHCP, which means nothing in the VM.',
          'zh-CN':
            '使用该地址的 systemd-resolved 没有运行。VirtualBox 7.2.0 还会通过 DHCP 把主机的 127.0.0.53 分发给虚拟机，而它在虚拟机中没有意义。',
        };
    // only what systemd-resolved wrote says that it is installed
    const ofResolved = resolver.linkTarget?.includes('/systemd/resolve/') ?? false;
    return [
      {
        id: 'vm-name-server-not-running',
        layer: 'machine',
        insteadOf: ['resolver-dead', 'no-name-server'],
        title: {
          en: `The VM asks ${server} for names, and nobody listens there`,
          'zh-CN': `虚拟机向 ${server} 查询名称，但那里无人监听`,
        },
        says: {
          en: `/etc/resolv.conf of the VM names ${server} as its name server, on the VM itself, and no program listens on port 53 there. ${why.en} With VirtualBox NAT the server is 10.0.2.3.`,
          'zh-CN': `虚拟机的 /etc/resolv.conf 指定 ${server}（虚拟机自身）为 DNS 服务器，但没有程序监听那里的 53 端口。${why['zh-CN']}使用 VirtualBox NAT 时服务器是 10.0.2.3。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact('resolver', same(`nameserver ${server}`)),
          fromFact('listeners', { en: 'nobody on port 53', 'zh-CN': '53 端口无人监听' }),
          ...someFlows(vain),
        ],
        fixes: resolver.systemdResolved ? [] : [ofResolved ? START_RESOLVED : resolvConfFix(server, scene)],
        explains: vain.map((f) => f.id),
      },
    ];
  },
});
