import { same } from '../../../shared/text.ts';
import { unpublishedPort } from '../../flow/intent.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { DOCKER_PORTS, VIRTUALBOX_NAT } from '../sources.ts';

/** A forward of the VM and the port that a container publishes miss each other: another number, or UDP where TCP comes. */
export const forwardMissesPort = defineRule({
  id: 'forward-misses-port',
  needs: ['docker'],
  causes: {
    'port-published-elsewhere': { sources: [DOCKER_PORTS, VIRTUALBOX_NAT] },
    'port-published-for-udp': { sources: [DOCKER_PORTS] },
  },
  judge: ({ docker }, scene) => {
    const lost = scene.bad.filter(
      ({ from, to }) => from.where === 'mac' && to.what === 'published-port' && to.container === undefined,
    );
    // what is only exposed is the likelier mistake, and `port-not-published` says it
    if (lost.length === 0 || docker.containers.some((c) => unpublishedPort(c) !== undefined)) return [];
    const ports = [...new Set(lost.flatMap(({ to }) => to.guestPort ?? []))];
    const published = docker.containers
      .filter((c) => c.state === 'running')
      .flatMap((c) => c.wantedPorts.map((p) => ({ ...p, name: c.name })));
    const datagrams = published.find((p) => p.proto === 'udp' && ports.includes(p.hostPort));
    const [other] = published.filter((p) => p.proto === 'tcp');
    const found = datagrams ?? other;
    if (!found) return [];
    const { name, hostPort, port } = found;
    const common = {
      layer: 'port' as const,
      grade: 'inferred' as const,
      owner: 'administrator' as const,
      evidence: [
        fromFact('docker', same(`${name}: ${hostPort}->${port}/${found.proto}`)),
        ...lost.slice(0, 2).map(fromFlow),
      ],
      explains: lost.map(({ id }) => id),
    };
    const again = (from: string, to: string) => [
      {
        title: { en: 'Make the container again with the right port', 'zh-CN': '使用正确的端口重新创建容器' },
        commands: [`docker run -p ${to} …`],
        undo: [`docker run -p ${from} …`],
        applies: 'told' as const,
        warning: { en: 'The container has to be made again.', 'zh-CN': '需要重新创建容器。' },
      },
    ];
    if (datagrams)
      return [
        {
          id: 'port-published-for-udp',
          ...common,
          title: {
            en: `${name} publishes port ${hostPort} for UDP only (udp), and TCP comes in`,
            'zh-CN': `${name} 只为 UDP（udp）发布了端口 ${hostPort}，而到来的是 TCP`,
          },
          says: {
            en: `${name} publishes ${hostPort}:${port}/udp. A connection from the Mac is TCP, for which nobody listens on port ${hostPort} of the VM: without “/udp” Docker publishes for TCP.`,
            'zh-CN': `${name} 发布的是 ${hostPort}:${port}/udp。来自 Mac 的连接是 TCP，而虚拟机的端口 ${hostPort} 上没有程序监听 TCP：去掉“/udp”后 Docker 会按 TCP 发布。`,
          },
          fixes: again(`${hostPort}:${port}/udp`, `${hostPort}:${port}`),
        },
      ];
    const wanted = ports.join(', ');
    return [
      {
        id: 'port-published-elsewhere',
        ...common,
        title: {
          en: `The forward leads to port ${wanted} of the VM, and ${name} publishes ${hostPort}`,
          'zh-CN': `转发指向虚拟机的端口 ${wanted}，而 ${name} 发布的是 ${hostPort}`,
        },
        says: {
          en: `VirtualBox forwards to port ${wanted} of the VM, where nobody listens. ${name} publishes port ${hostPort}, to which no forward leads: one of the two numbers is wrong. Change the forward's guest port to ${hostPort}, or publish ${wanted}.`,
          'zh-CN': `VirtualBox 转发到虚拟机的端口 ${wanted}，但那里无人监听。${name} 发布的是端口 ${hostPort}，却没有转发指向它：两个端口号有一个不对。请把转发的虚拟机端口改为 ${hostPort}，或发布 ${wanted}。`,
        },
        fixes: again(`${hostPort}:${port}`, `${ports[0]}:${port}`),
      },
    ];
  },
});
