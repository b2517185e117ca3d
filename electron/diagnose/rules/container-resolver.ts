import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { originLabel } from '../../flow/kind.ts';
import { deadServers, natServer, noWay } from '../dead-server.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, thread } from '../sources.ts';
import { lostForNames } from '../spread.ts';

/** A container was given a name server that does not answer it, while the VM's own does. */
export const containerResolver = defineRule({
  id: 'container-resolver',
  needs: ['docker'],
  causes: {
    'container-dns-stub': {
      sources: [
        thread('moby/moby#41022', 'Better selection of DNS server'),
        thread(
          'systemd/systemd#9450',
          '/etc/resolv.conf should symlink to /run/systemd/resolve/resolv.conf when the stub DNS server is disabled',
        ),
      ],
    },
    'container-dns-wrong': {
      sources: [
        man('resolv.conf(5)'),
        thread('moby/moby#49665', 'DNS resolution not working inside containers'),
      ],
    },
  },
  judge: ({ docker }, scene) =>
    deadServers(scene).fromContainers.map((flow) => {
      const container = docker.containers.find(
        (c) => flow.from.where === 'container' && c.name === flow.from.name,
      );
      return containerServer(flow, container?.dns ?? [], scene);
    }),
});

function containerServer(flow: FlowResult, configured: readonly string[], scene: Scene): Finding {
  const name = originLabel(flow.from);
  const server = flow.to.host;
  const loopback = server.startsWith('127.');
  const explicit = configured.includes(server);
  const why: Text = loopback
    ? {
        en: `${server} is systemd-resolved's stub of the VM; inside the container's own network namespace nothing listens there.`,
        'zh-CN': `${server} 是虚拟机 systemd-resolved 的本地存根；容器自己的网络命名空间内没有程序监听该地址。`,
      }
    : explicit
      ? {
          en: `It was given to the container with --dns (or "dns" in compose or daemon.json), and it does not answer.`,
          'zh-CN': '它是通过 --dns（或 compose、daemon.json 中的 "dns"）指定给容器的，但没有应答。',
        }
      : {
          en: "It was taken over from the VM's resolv.conf when the container started, and it does not answer.",
          'zh-CN': '它在容器启动时取自虚拟机的 resolv.conf，但没有应答。',
        };
  return {
    id: loopback ? 'container-dns-stub' : 'container-dns-wrong',
    layer: 'name',
    title: {
      en: `${name}'s resolv.conf names ${server}, which does not answer there`,
      'zh-CN': `${name} 的 resolv.conf 指定了 ${server}，但在其中没有应答`,
    },
    says: {
      en: `${name} reaches addresses on the internet, but its name server ${server} does not answer${noWay([flow]).en}, so no name resolves. ${why.en}`,
      'zh-CN': `${name} 能访问互联网 IP，但其 DNS 服务器 ${server} 没有应答${noWay([flow])['zh-CN']}，因此无法解析名称。${why['zh-CN']}`,
    },
    grade: 'inferred',
    owner: explicit ? 'administrator' : 'docker',
    evidence: [fromFlow(flow), fromFact('containers', same(`${name}: nameserver ${server}`))],
    fixes: [
      {
        title: {
          en: 'Name a server that answers, then make the container again',
          'zh-CN': '指定可用的 DNS 服务器并重新创建容器',
        },
        commands: [
          `docker rm -f ${quoteWhereNeeded(name)}`,
          `docker run --name ${quoteWhereNeeded(name)} --dns ${natServer(scene) ?? '10.0.2.3'} …`,
        ],
        undo: [],
        applies: 'told',
        warning: {
          en: 'The container has to be made again; with compose, change "dns" there.',
          'zh-CN': '需要重新创建容器；若使用 compose，请在其中修改 "dns"。',
        },
      },
    ],
    explains: lostForNames(scene, (f) => originLabel(f.from) === name).map((f) => f.id),
  };
}
