import type { FlowResult } from '../../../shared/flow.ts';
import { same } from '../../../shared/text.ts';
import { originLabel } from '../../flow/kind.ts';
import { controlOf } from '../../flow/telling.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { thread } from '../sources.ts';

const RFC_2308 = {
  title: 'RFC 2308: Negative Caching of DNS Queries (NODATA)',
  url: 'https://www.rfc-editor.org/rfc/rfc2308',
};

/** The name server answers, and what it says is no use: the name has no IPv4 address, or is not known where it is asked. */
export const nameAnswers = defineRule({
  id: 'name-answers',
  needs: ['resolver'],
  causes: {
    'name-without-ipv4': {
      sources: [
        RFC_2308,
        { title: 'Docker: Use IPv6 networking', url: 'https://docs.docker.com/engine/daemon/ipv6/' },
      ],
    },
    'name-unknown-here': {
      sources: [RFC_2308, thread('moby/moby#41022', 'Better selection of DNS server')],
    },
  },
  judge: ({ resolver }, scene) => {
    const lost = scene.bad.filter((f) => f.outcome === 'name-not-found' && f.kind === 'internet-name');
    const byName = new Map<string, FlowResult[]>();
    for (const flow of lost) byName.set(flow.to.host, [...(byName.get(flow.to.host) ?? []), flow]);
    return [...byName].flatMap(([name, flows]): Finding[] => {
      const common = {
        layer: 'name' as const,
        grade: 'inferred' as const,
        owner: 'unknown' as const,
        evidence: [
          ...someFlows(flows),
          fromFact('resolver', same(`nameserver ${resolver.servers.join(', ')}`)),
        ],
        fixes: [],
        explains: flows.map((f) => f.id),
      };
      if (flows.every((f) => f.saying === 'no-address'))
        return [
          {
            id: 'name-without-ipv4',
            ...common,
            // the C library says the same
            explains: scene.bad
              .filter((f) => f.kind === 'program-name' || flows.includes(f))
              .map((f) => f.id),
            title: {
              en: `${name} exists, but has no IPv4 address`,
              'zh-CN': `${name} 存在，但没有 IPv4 地址`,
            },
            says: {
              en: `The name server answers that ${name} exists and has no A record: it can be reached over IPv6 only, or not at all. VirtualBox's NAT and Docker's networks are IPv4 unless IPv6 was set up in both, so containers can't get there; nothing in the VM blocks them.`,
              'zh-CN': `DNS 服务器回答 ${name} 存在但没有 A 记录：它只能通过 IPv6 访问，或根本无法访问。除非两处都配置了 IPv6，VirtualBox 的 NAT 和 Docker 的网络都只有 IPv4，因此容器无法到达；虚拟机中没有任何东西阻断它们。`,
            },
          },
        ];
      const differs = flows.filter(
        (f) => f.detail === 'NXDOMAIN' && controlOf(f, scene.flows)?.outcome === 'ok',
      );
      if (differs.length === 0) return [];
      const who = [...new Set(differs.map((f) => originLabel(f.from)))].join(', ');
      return [
        {
          id: 'name-unknown-here',
          ...common,
          title: {
            en: `${name} is unknown to the name server of ${who}`,
            'zh-CN': `${who} 的 DNS 服务器不认识 ${name}`,
          },
          says: {
            en: `The VM's name server knows ${name}; the one that ${who} asks answers that there is no such name. They are different servers, or views of one: an internal or VPN name is known only to some. Give the container the VM's server with --dns.`,
            'zh-CN': `虚拟机的 DNS 服务器认识 ${name}；而 ${who} 所询问的服务器回答没有该名称。它们是不同的服务器或不同的视图：内部或 VPN 名称只有部分服务器认识。请用 --dns 让容器使用虚拟机的服务器。`,
          },
          explains: differs.map((f) => f.id),
        },
      ];
    });
  },
});
