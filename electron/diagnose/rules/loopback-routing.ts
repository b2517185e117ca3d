import { same } from '../../../shared/text.ts';
import { ifaceSysctl } from '../../probe/sysctls.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { IP_SYSCTL, thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

/** Without docker-proxy, what the VM sends to 127.0.0.1:PORT gets to a bridge only where the kernel may route loopback. */
export const loopbackRouting = defineRule({
  id: 'loopback-routing',
  needs: ['docker', 'sysctls', 'listeners'],
  causes: {
    'route-localnet-off': {
      sources: [
        IP_SYSCTL,
        thread('docker/docs#17312', 'Networking - `userland-proxy` could better clarify impact'),
        thread('moby/moby#41872', 'Published port to localhost (127.0.0.1) are reachable on the LAN'),
      ],
      holds: 'Docker with "userland-proxy": false',
    },
  },
  judge: ({ docker, sysctls, listeners }, scene) => {
    const local = unseenDeaths(scene).filter(
      (f) => f.from.where === 'guest' && f.to.what === 'published-port' && f.to.host.startsWith('127.'),
    );
    return local.flatMap((flow): Finding[] => {
      const bridge = bridgeOf(flow, scene);
      const proxied = listeners.some((l) => l.proto === 'tcp' && l.port === flow.to.port);
      const off = (iface: string) => ifaceSysctl(sysctls, 4, iface, 'route_localnet') === '0';
      const running = docker.containers.some((c) => c.name === flow.to.container && c.state === 'running');
      if (!bridge || proxied || !running || !off('all') || !off(bridge)) return [];
      const key = `net.ipv4.conf.${bridge.replaceAll('.', '/')}.route_localnet`;
      return [
        {
          id: 'route-localnet-off',
          layer: 'kernel',
          insteadOf: ['netfilter-drop'],
          title: {
            en: `The kernel routes nothing from 127.0.0.1 to ${bridge}: ${key} = 0`,
            'zh-CN': `内核不把来自 127.0.0.1 的流量路由到 ${bridge}：${key} = 0`,
          },
          says: {
            en: `No docker-proxy listens on port ${flow.to.port}, so Docker's DNAT has to send 127.0.0.1:${flow.to.port} to the container itself, and the kernel lets loopback addresses onto ${bridge} only with route_localnet. Docker sets it to 1 where it runs no proxy: something set it back since.`,
            'zh-CN': `端口 ${flow.to.port} 上没有 docker-proxy 监听，因此需由 Docker 的 DNAT 把 127.0.0.1:${flow.to.port} 送往容器，而只有开启 route_localnet，内核才允许环回地址进入 ${bridge}。不使用代理时 Docker 会将其设为 1：之后被改回。`,
          },
          grade: 'inferred',
          owner: 'kernel',
          evidence: [fromFact('sysctls', same(`${key} = 0`)), fromFlow(flow)],
          fixes: [
            sysctlFix(
              key,
              { from: '0', to: '1' },
              { title: { en: 'Allow it on this bridge', 'zh-CN': '在该网桥上允许' } },
            ),
          ],
          explains: [flow.id],
        },
      ];
    });
  },
});
