import type { FlowResult } from '../../../shared/flow.ts';
import { same } from '../../../shared/text.ts';
import { originLabel } from '../../flow/kind.ts';
import { originKey } from '../../flow/script.ts';
import { failed } from '../../flow/telling.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';
import { lostForNames } from '../spread.ts';

const RFC_7766 = {
  title: 'RFC 7766: DNS Transport over TCP, Implementation Requirements',
  url: 'https://www.rfc-editor.org/rfc/rfc7766',
};

/** The same name server answers over one of UDP and TCP, and not over the other: somebody on the way lets only one pass. */
export const dnsOneWay = defineRule({
  id: 'dns-one-way',
  needs: ['resolver'],
  causes: {
    'dns-udp-blocked': { sources: [man('resolv.conf(5)'), RFC_7766] },
    'dns-tcp-blocked': { sources: [RFC_7766] },
  },
  judge: ({ resolver }, scene) => {
    const alive = unseenDeaths(scene);
    const pairs = scene.flows.flatMap((udp) => {
      if (udp.kind !== 'dns-server' || udp.to.proto !== 'udp') return [];
      const tcp = scene.flows.find(
        (f) =>
          f.kind === 'dns-server' &&
          f.to.proto === 'tcp' &&
          f.to.host === udp.to.host &&
          originKey(f.from) === originKey(udp.from),
      );
      return tcp ? [{ udp, tcp }] : [];
    });
    const half = (dead: 'udp' | 'tcp') => {
      const other = dead === 'udp' ? 'tcp' : 'udp';
      return pairs
        .filter((p) => alive.includes(p[dead]) && p[other].outcome === 'ok' && isOnlyDns(p[dead]))
        .map((p) => p[dead]);
    };
    /** Where something else of TCP does not get out either, name servers are not singled out. */
    const isOnlyDns = ({ from, to }: FlowResult) =>
      to.proto === 'udp' ||
      !scene.flows.some(
        (f) =>
          failed(f) &&
          f.kind.startsWith('internet-') &&
          f.to.proto === 'tcp' &&
          f.to.port !== 53 &&
          originKey(f.from) === originKey(from),
      );
    // where the VM itself is heard, only the places are concerned in which it is not
    return [...finding('dns-udp-blocked', half('udp')), ...finding('dns-tcp-blocked', half('tcp'))];

    function finding(id: string, dead: FlowResult[]): Finding[] {
      const [first] = dead;
      if (!first) return [];
      const udp = id === 'dns-udp-blocked';
      const places = new Set(dead.map((f) => originKey(f.from)));
      const everybody = dead.some((f) => f.from.where === 'guest');
      const vain = lostForNames(scene, (f) => udp && (everybody || places.has(originKey(f.from))));
      const explains = [...new Set([...dead, ...vain].map((f) => f.id))];
      const who = [...new Set(dead.map((f) => originLabel(f.from)))].join(', ');
      const server = first.to.host;
      return [
        {
          id,
          layer: 'name',
          insteadOf: udp
            ? ['resolver-dead', 'nat-dns-dead', 'container-dns-wrong', 'embedded-dns-upstream-dead']
            : [],
          title: udp
            ? {
                en: `${server} answers over TCP, but UDP port 53 is blocked`,
                'zh-CN': `${server} 能通过 TCP 应答，但 UDP 53 端口被阻断`,
              }
            : {
                en: `${server} answers over UDP only: DNS over TCP is blocked`,
                'zh-CN': `${server} 只通过 UDP 应答：TCP 上的 DNS 被阻断`,
              },
          says: udp
            ? {
                en: `From ${who} the name server ${server} answers the same question over TCP, but not over UDP, which programs use: so no name resolves although the server lives. No rule of the VM was seen to drop it; look at what lies beyond: the Mac's firewall or VPN, or VirtualBox's NAT.`,
                'zh-CN': `从 ${who} 出发，DNS 服务器 ${server} 对同一问题能通过 TCP 应答，却不应答 UDP，而程序使用的正是 UDP：因此服务器虽正常，名称却无法解析。没有看到虚拟机的规则丢弃它；请检查其外部：Mac 的防火墙或 VPN，或 VirtualBox 的 NAT。`,
              }
            : {
                en: `From ${who} the name server ${server} answers over UDP, but not over TCP. Names resolve, save those whose answers are too long for UDP (many records, DNSSEC): these fail.`,
                'zh-CN': `从 ${who} 出发，DNS 服务器 ${server} 应答 UDP，但不应答 TCP。名称可以解析，但应答超出 UDP 长度的名称（记录很多、DNSSEC）会失败。`,
              },
          grade: 'inferred',
          owner: 'unknown',
          evidence: [
            ...dead.slice(0, 3).map(fromFlow),
            fromFact('resolver', same(`nameserver ${resolver.servers.join(', ')}`)),
          ],
          fixes: udp
            ? [
                {
                  title: {
                    en: 'Have the VM’s C library ask over TCP',
                    'zh-CN': '让虚拟机的 C 库通过 TCP 查询',
                  },
                  commands: [
                    'cp -a /etc/resolv.conf /etc/resolv.conf.bak',
                    "echo 'options use-vc' >>/etc/resolv.conf",
                  ],
                  undo: ['mv /etc/resolv.conf.bak /etc/resolv.conf'],
                  applies: 'told',
                  warning: {
                    en: 'A way around, not a cure: musl (Alpine) and busybox ignore it.',
                    'zh-CN': '这只是权宜之计：musl（Alpine）和 busybox 会忽略该选项。',
                  },
                },
              ]
            : [],
          explains,
        },
      ];
    }
  },
});
