import ipaddr from 'ipaddr.js';
import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { type Namespace, namespaceOf } from '../../probe/containers.ts';
import { type Door, doorOf } from '../door-of.ts';
import { fromFact, fromFlow, fromJourney } from '../evidence.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { DOCKER_PORTS, man } from '../sources.ts';

/** A rule in the container's own network namespace could refuse, too, and no tracer would see it. */
function mayReject({ ruleset }: Namespace): boolean {
  const chains = ruleset?.chains ?? [];
  return chains.some(({ rules }) =>
    rules.some(({ expr, text }) => /reject/i.test(JSON.stringify(expr) + text)),
  );
}

/** Is a packet of the flow known to have been led to another door? */
function ledAway({ id }: FlowResult, door: Door, { journeys }: Scene): boolean {
  return journeys.some(
    ({ flowId, direction, nat }) =>
      flowId === id &&
      direction === 'request' &&
      nat !== undefined &&
      (nat.dst !== door.host || (nat.dport ?? door.port) !== door.port),
  );
}

/**
 * Somebody listens on the right port of a container, but not at the address where Docker leads to: on IPv6 only, or at its
 * address on another network. /proc/net/tcp6 doesn't tell whether [::] takes IPv4 as well; that the container itself refuses it does.
 */
export const listensElsewhere = defineRule({
  id: 'listens-elsewhere',
  needs: ['docker', 'containers'],
  causes: {
    'listens-on-ipv6-only': {
      sources: [
        man('ipv6(7)'),
        {
          title: 'nginx: listen (ipv6only)',
          url: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
        },
        DOCKER_PORTS,
      ],
    },
    'listens-on-other-address': { sources: [man('ip(7)'), DOCKER_PORTS] },
  },
  judge: ({ docker, containers }, scene) =>
    docker.containers.flatMap(({ name, id, state, attachments }): Finding[] => {
      const inside = namespaceOf(containers, id);
      if (state !== 'running' || !inside) return [];
      const refused = unseenDeaths(scene).flatMap((flow) => {
        const door = doorOf(flow);
        const ended = flow.to.container === name && ['refused', 'reset'].includes(flow.outcome);
        return ended && door && !ledAway(flow, door, scene) ? [{ flow, door }] : [];
      });
      const ports = [...new Set(refused.map(({ door }) => door.port))];
      return ports.flatMap((port): Finding[] => {
        const mine = refused.filter(({ door }) => door.port === port);
        const flows = mine.map(({ flow }) => flow);
        const here = inside.listeners.filter(
          (l) => l.proto === 'tcp' && l.port === port && !l.address.startsWith('127.') && l.address !== '::1',
        );
        const taken = here.some(
          (l) => l.address === '0.0.0.0' || mine.some((m) => m.door.host === l.address),
        );
        const opens = scene.flows.some(
          (f) => f.outcome === 'ok' && f.to.container === name && doorOf(f)?.port === port,
        );
        // docker-proxy accepts by itself and hangs up then, and a forward may refuse on the Mac: not the container
        const sure =
          flows.some(({ outcome, from }) => outcome === 'refused' && from.where !== 'mac') &&
          !mayReject(inside);
        const asked = mine[0]?.door.host;
        if (here.length === 0 || taken || opens || !sure || asked === undefined) return [];
        const six = here.every((l) => ipaddr.IPv6.isValid(l.address));
        const at = here
          .map((l) => (ipaddr.IPv6.isValid(l.address) ? `[${l.address}]` : l.address))
          .join(', ');
        const only = inside.sysctls[BINDV6ONLY];
        const network = attachments.find(({ ip }) => here.some((l) => l.address === ip))?.network;
        return [
          {
            id: six ? 'listens-on-ipv6-only' : 'listens-on-other-address',
            layer: 'port',
            insteadOf: ['netfilter-drop'],
            ...(six ? onIpv6(name, at, port, only) : elsewhere(name, at, { host: asked, port }, network)),
            grade: 'inferred',
            owner: 'administrator',
            evidence: [
              fromFact(
                'containers',
                same(`${name}: ${at}:${port}${six && only !== undefined ? `, ${BINDV6ONLY} = ${only}` : ''}`),
              ),
              ...flows.slice(0, 3).map(fromFlow),
              ...refusals(flows, asked, scene),
            ],
            fixes: [],
            explains: flows.map((f) => f.id),
          },
        ];
      });
    }),
});

const BINDV6ONLY = 'net.ipv6.bindv6only';

/** The container's own refusal, where it was seen to come back. */
function refusals(flows: readonly FlowResult[], from: string, { journeys }: Scene) {
  return journeys
    .filter(
      (j) =>
        j.direction === 'reply' &&
        flows.some(({ id }) => id === j.flowId) &&
        j.packet.src === from &&
        /\brst\b/.test(j.packet.flags ?? ''),
    )
    .slice(0, 1)
    .map((j) =>
      fromJourney(j, {
        en: `${from} itself refuses (RST)`,
        'zh-CN': `${from} 自己拒绝了连接（RST）`,
      }),
    );
}

function onIpv6(
  name: string,
  at: string,
  port: number,
  only: string | undefined,
): { title: Text; says: Text } {
  const why: Text = !at.includes('[::]')
    ? { en: 'That is an IPv6 address.', 'zh-CN': '那是一个 IPv6 地址。' }
    : only === '1'
      ? {
          en: `${BINDV6ONLY} is 1 in the container (docker run --sysctl), with which a socket on [::] takes no IPv4.`,
          'zh-CN': `该容器中 ${BINDV6ONLY} 为 1（docker run --sysctl），此时 [::] 上的套接字不接受 IPv4。`,
        }
      : {
          en: 'Its program asked for that (IPV6_V6ONLY), as nginx does with “listen [::]:80;” alone.',
          'zh-CN': '这是程序自己要求的（IPV6_V6ONLY），例如 nginx 只写“listen [::]:80;”时。',
        };
  return {
    title: {
      en: `The program in ${name} listens on IPv6 only: ${at}:${port}`,
      'zh-CN': `${name} 中的程序只监听 IPv6：${at}:${port}`,
    },
    says: {
      en: `Connections reach port ${port} of ${name} over IPv4, which is what Docker leads them by, and the container itself refuses them although a program listens there: on ${at}:${port}, which takes IPv6 only. ${why.en} Have it listen on 0.0.0.0:${port} as well.`,
      'zh-CN': `连接通过 IPv4（Docker 的转发方式）到达 ${name} 的端口 ${port}，虽有程序监听，容器自己仍拒绝了它们：监听的是 ${at}:${port}，只接受 IPv6。${why['zh-CN']}请让它同时监听 0.0.0.0:${port}。`,
    },
  };
}

function elsewhere(
  name: string,
  at: string,
  door: Door,
  network: string | undefined,
): { title: Text; says: Text } {
  const { host, port } = door;
  const whose: Text =
    network === undefined
      ? { en: '', 'zh-CN': '' }
      : { en: `, its address on ${network}`, 'zh-CN': `（它在 ${network} 上的地址）` };
  return {
    title: {
      en: `The program in ${name} listens on ${at}:${port} only, and connections come to ${host}:${port}`,
      'zh-CN': `${name} 中的程序只监听 ${at}:${port}，而连接到达的是 ${host}:${port}`,
    },
    says: {
      en: `Docker leads connections to ${host}, port ${port}, of ${name}, and the container itself refuses them: the program in there listens on ${at} only${whose.en}. Have it listen on 0.0.0.0: most servers have an option for the address (--host, bind, listen).`,
      'zh-CN': `Docker 把连接引向 ${name} 的 ${host} 端口 ${port}，而容器自己拒绝了它们：其中的程序只监听 ${at}${whose['zh-CN']}。请让它监听 0.0.0.0：多数服务器都有地址选项（--host、bind、listen）。`,
    },
  };
}
