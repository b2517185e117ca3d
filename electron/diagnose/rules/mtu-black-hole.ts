import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { originKey } from '../../flow/script.ts';
import { defaultRoute } from '../../probe/routes.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule } from '../rule.ts';
import { reachesOutside, unseenDeaths } from '../select.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';

const PAGES = new Set(['internet-name', 'internet-page']);

/** A page that began and never ended, or of which nothing came although the connection stood. */
const stalls = (flow: FlowResult) =>
  flow.outcome === 'stalls-when-large' ||
  (flow.outcome === 'timeout' && flow.from.where !== 'mac' && flow.saying === 'silent');

/** Small packets pass and large ones vanish: somebody on the way takes less than what the sender believes. */
export const mtuBlackHole = defineRule({
  id: 'mtu-black-hole',
  needs: ['interfaces', 'routes'],
  causes: {
    'mtu-black-hole': {
      sources: [
        thread('moby/moby#22297', 'containers in docker 1.11 does not get same MTU as host'),
        thread(
          'moby/moby#49398',
          'Add a warning in case the interface of the default route has a MTU lower than 1500',
        ),
        thread('docker/for-linux#1426', 'Docker not respecting host interface MTU'),
        DOCKER_BRIDGE,
      ],
    },
  },
  judge: ({ interfaces, routes }, scene) => {
    const uplink = interfaces.find((i) => i.name === defaultRoute(routes)?.dev);
    const stalled = unseenDeaths(scene).filter((f) => stalls(f) && reachesOutside(f, scene));
    if (!uplink || stalled.length === 0) return [];
    const bridges = interfaces.filter((i) => stalled.some((f) => bridgeOf(f, scene) === i.name));
    const wide = bridges.find((b) => b.mtu > uplink.mtu);
    // a page that came through shows that large packets pass, from there or, where no size differs, from anywhere
    const came = scene.flows.filter((f) => PAGES.has(f.kind) && f.outcome === 'ok');
    const places = new Set(stalled.map((f) => originKey(f.from)));
    if (wide && came.some((f) => places.has(originKey(f.from)))) return [];
    // a server that keeps silent, or a slow guest, looks the same: then the sizes have to speak for it, or several half answers
    const half = stalled.filter((f) => f.outcome === 'stalls-when-large');
    if (!wide && (half.length < 2 || came.length > 0)) return [];
    const why: Text = wide
      ? {
          en: `${uplink.name} takes packets of ${uplink.mtu} bytes (its MTU), while ${wide.name} and its containers count on ${wide.mtu}: they tell the other end so, and its full packets are lost on the way.`,
          'zh-CN': `${uplink.name} 的 MTU 为 ${uplink.mtu} 字节，而 ${wide.name} 及其容器按 ${wide.mtu} 字节工作并告知对端，对端发来的满包在途中丢失。`,
        }
      : {
          en: `${uplink.name} counts on ${uplink.mtu} bytes (its MTU), and some part of the way, a VPN or tunnel for instance, takes less without saying so.`,
          'zh-CN': `${uplink.name} 的 MTU 为 ${uplink.mtu} 字节，而路径中的某一段（例如 VPN 或隧道）能承载的更小，却没有告知。`,
        };
    const clamp = '-t mangle %s FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu';
    return [
      {
        id: 'mtu-black-hole',
        layer: 'route',
        insteadOf: ['machine-offline'],
        title: wide
          ? {
              en: `Large packets are lost (MTU): ${uplink.name} takes ${uplink.mtu} bytes, ${wide.name} counts on ${wide.mtu}`,
              'zh-CN': `大数据包丢失（MTU）：${uplink.name} 为 ${uplink.mtu} 字节，${wide.name} 为 ${wide.mtu} 字节`,
            }
          : {
              en: `Large packets are lost on the way: it takes less than the MTU of ${uplink.mtu} bytes`,
              'zh-CN': `大数据包在途中丢失：路径能承载的小于 MTU ${uplink.mtu} 字节`,
            },
        says: {
          en: `Connections open, and answers of more than a packet never come to their end: an MTU black hole. ${why.en}`,
          'zh-CN': `连接可以建立，但超过一个数据包的应答无法收完：这是 MTU 黑洞。${why['zh-CN']}`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact('interfaces', same([uplink, ...bridges].map((i) => `${i.name}: mtu ${i.mtu}`).join(', '))),
          ...someFlows(stalled),
        ],
        fixes: [
          {
            title: {
              en: 'Have connections of containers use packets that fit',
              'zh-CN': '让容器的连接使用合适大小的数据包',
            },
            commands: [`iptables ${clamp.replace('%s', '-A')}`],
            undo: [`iptables ${clamp.replace('%s', '-D')}`],
            applies: 'at-once',
            trial: 'itself',
            warning: {
              en: `For good: "mtu": ${wide ? uplink.mtu : 1400} in /etc/docker/daemon.json for docker0, and the option com.docker.network.driver.mtu where a network is made.`,
              'zh-CN': `长期方案：在 /etc/docker/daemon.json 中为 docker0 设置 "mtu": ${wide ? uplink.mtu : 1400}，其他网络在创建时使用选项 com.docker.network.driver.mtu。`,
            },
          },
        ],
        explains: stalled.map((f) => f.id),
      },
    ];
  },
});
