import { same } from '../../../shared/text.ts';
import { defaultRoute } from '../../probe/routes.ts';
import { ifaceSysctl } from '../../probe/sysctls.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf, leavesItsBridge } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';
import { IP_SYSCTL, thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

/** The kernel forwards nothing: net.ipv4.ip_forward, or `forwarding` of the very bridge, is 0. */
export const forwardingOff = defineRule({
  id: 'forwarding-off',
  needs: ['sysctls', 'routes'],
  causes: {
    'ip-forward-off': {
      sources: [
        IP_SYSCTL,
        thread('moby/moby#27319', 'IPv4 forwarding fails with static IP address and compose up'),
      ],
    },
    'interface-forwarding-off': {
      sources: [
        IP_SYSCTL,
        thread('moby/moby#14185', 'No network access from container with 1.7 and Linux 4.0.5'),
      ],
    },
  },
  judge: ({ sysctls, routes }, scene) => {
    const uplink = defaultRoute(routes)?.dev ?? undefined;
    const cut = scene.bad.filter((f) => leavesItsBridge(f, scene) && !(f.outcome === 'ok'));
    const everywhere = sysctls['net.ipv4.ip_forward'] === '0';
    const groups = new Map<string, typeof cut>();
    for (const flow of cut) {
      const bridge = bridgeOf(flow, scene);
      // what comes in by a device is forwarded only where that one says so: questions by the bridge, answers by the uplink
      const closed = [bridge, uplink].find(
        (iface) => iface !== undefined && ifaceSysctl(sysctls, 4, iface, 'forwarding') === '0',
      );
      const key = everywhere
        ? 'net.ipv4.ip_forward'
        : closed && `net.ipv4.conf.${closed.replaceAll('.', '/')}.forwarding`;
      if (key) groups.set(key, [...(groups.get(key) ?? []), flow]);
    }
    return [...groups].map(
      ([key, flows]): Finding => ({
        id: everywhere ? 'ip-forward-off' : 'interface-forwarding-off',
        layer: 'kernel',
        title: { en: `The kernel does not forward: ${key} = 0`, 'zh-CN': `内核未转发：${key} = 0` },
        says: {
          en: `${key} is 0, so the kernel throws away every packet that comes in there and is for somebody else: what containers send beyond their bridge, or the answers to it; the guest's own traffic, and so --network=host, is not concerned. Docker sets it to 1 when it starts: something set it back since, often a sysctl file or a network service.`,
          'zh-CN': `${key} 为 0，因此内核会丢弃由此进入、目的地不是虚拟机自身的所有数据包：容器发往网桥之外的流量或其应答；虚拟机自身的流量（即 --network=host）不受影响。Docker 启动时会将其设为 1：之后被某个 sysctl 文件或网络服务改回。`,
        },
        grade: 'inferred',
        owner: 'kernel',
        evidence: [fromFact('sysctls', same(`${key} = 0`)), ...someFlows(flows)],
        fixes: [
          sysctlFix(
            key,
            { from: '0', to: '1' },
            {
              title: { en: 'Switch forwarding on', 'zh-CN': '开启转发' },
              warning: {
                en: `Find what sets it to 0: it may do so again. The command alone lasts until the next start, unless a file in /etc/sysctl.d says ${key} = 1, too.`,
                'zh-CN': `请找出将其设为 0 的来源：它可能会再次更改。仅执行命令只在下次启动前有效，除非 /etc/sysctl.d 的文件中也写有 ${key} = 1。`,
              },
            },
          ),
        ],
        explains: flows.map((f) => f.id),
      }),
    );
  },
});
