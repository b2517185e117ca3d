import type { Text } from '../../../shared/text.ts';
import { same } from '../../../shared/text.ts';
import { toldNotTo } from '../../probe/docker.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

const TITLE: Text = { en: 'Have bridged packets pass iptables', 'zh-CN': '让桥接数据包经过 iptables' };
const KEY = 'net.bridge.bridge-nf-call-iptables';

/**
 * With br_netfilter off, the answer to a packet that turned round on its bridge goes straight back, from an address that
 * was never asked: nobody translates it on the way.
 */
export const bridgeNetfilter = defineRule({
  id: 'bridge-netfilter',
  needs: ['sysctls', 'docker'],
  causes: {
    'bridge-netfilter-off': {
      sources: [
        {
          title: 'Linux: sysctl/net (bridge)',
          url: 'https://docs.kernel.org/networking/ip-sysctl.html#proc-sys-net-bridge',
        },
        thread('moby/moby#13162', 'modprobe br_netfilter'),
        thread('docker/docs#17312', 'Networking - `userland-proxy` could better clarify impact'),
      ],
      holds: 'Docker with "userland-proxy": false',
    },
  },
  judge: ({ sysctls, docker }, scene) => {
    const turned = unseenDeaths(scene).filter((f) => f.kind === 'hairpin');
    const direct = scene.flows.some(
      (f) => f.kind === 'published-port' && f.from.where === 'guest' && f.outcome === 'ok',
    );
    const value = sysctls[KEY];
    if (turned.length === 0 || !direct || value === '1' || !toldNotTo(docker, 'userland-proxy')) return [];
    return [
      {
        id: 'bridge-netfilter-off',
        layer: 'kernel',
        title: {
          en: `Bridged packets skip iptables (${KEY} = ${value ?? 'br_netfilter not loaded'}): ports of neighbours can't be used`,
          'zh-CN': `桥接数据包不经过 iptables（${KEY} = ${value ?? '未加载 br_netfilter'}）：无法使用同网络容器发布的端口`,
        },
        says: {
          en: `A container that uses a port which a neighbour on its own network publishes has its packets translated and sent back onto their bridge. The answer has to be translated as well, and bridged packets get to iptables only with br_netfilter; "userland-proxy": false leaves no other way.`,
          'zh-CN': `容器访问同一网络中邻居发布的端口时，其数据包会被转换并送回同一网桥。应答也必须被转换，而桥接数据包只有借助 br_netfilter 才会经过 iptables；设置了 "userland-proxy": false 后别无他路。`,
        },
        grade: 'inferred',
        owner: 'kernel',
        evidence: [fromFact('sysctls', same(`${KEY} = ${value ?? '-'}`)), ...someFlows(turned)],
        fixes: [
          value === undefined
            ? {
                title: TITLE,
                commands: ['modprobe br_netfilter'],
                undo: ['modprobe -r br_netfilter'],
                applies: 'at-once',
              }
            : sysctlFix(KEY, { from: value, to: '1' }, { title: TITLE }),
        ],
        explains: turned.map((f) => f.id),
      },
    ];
  },
});
