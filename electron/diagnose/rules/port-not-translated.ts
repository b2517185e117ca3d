import { same } from '../../../shared/text.ts';
import { toldNotTo } from '../../probe/docker.ts';
import type { Holder } from '../../probe/listeners.ts';
import { jumpsTo } from '../docker-rules.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_IPTABLES, DOCKER_PORTS, thread } from '../sources.ts';

const JUMP = 'PREROUTING -m addrtype --dst-type LOCAL -j DOCKER';

/** Without its proxy dockerd itself holds the port, so that nobody takes it, and never answers there. */
const isProxy = ({ name }: Holder) => name !== 'dockerd';

/**
 * A port is published, but nothing hands it on: the jump to Docker's DNAT rules is gone from nat PREROUTING, and no
 * docker-proxy listens in its stead. With the proxy the loss of the jump would not be noticed.
 */
export const portNotTranslated = defineRule({
  id: 'port-not-translated',
  needs: ['docker', 'ruleset', 'iptables', 'listeners'],
  causes: {
    'port-not-translated': {
      sources: [DOCKER_IPTABLES, DOCKER_PORTS, thread('moby/moby#12165', 'Optional userland proxy')],
      holds: 'Docker that sets its rules through iptables',
    },
  },
  judge: ({ docker, ruleset, iptables, listeners }, scene) => {
    const rules = { ruleset, iptables };
    if (!docker.running || jumpsTo(rules, 'nat', 'PREROUTING', 'DOCKER')) return [];
    // where all of Docker's rules are gone that is the fault, and this only a part of it
    if (!jumpsTo(rules, 'filter', 'FORWARD', 'DOCKER-USER')) return [];
    return docker.containers.flatMap((container): Finding[] => {
      if (container.state !== 'running') return [];
      const mine = scene.bad.filter(
        ({ from, to }) =>
          from.where === 'mac' && to.what === 'published-port' && to.container === container.name,
      );
      const silent = mine.filter(
        ({ to }) => !listeners.some((l) => l.port === to.guestPort && l.processes.some(isProxy)),
      );
      const port = silent[0]?.to.guestPort;
      if (port === undefined) return [];
      const proxyOff = toldNotTo(docker, 'userland-proxy');
      return [
        {
          id: 'port-not-translated',
          layer: 'port',
          insteadOf: ['docker-rules-missing', 'netfilter-drop'],
          title: {
            en: `Nothing hands port ${port} on to ${container.name}: the DNAT of Docker is cut off`,
            'zh-CN': `没有任何东西把端口 ${port} 转给 ${container.name}：Docker 的 DNAT 已失效`,
          },
          says: {
            en: `${container.name} publishes port ${port}, but the jump from nat PREROUTING to the chain DOCKER, where its DNAT rule stands, is missing, and no docker-proxy listens on that port${proxyOff ? ' ("userland-proxy": false in daemon.json)' : ''}. So what comes from outside reaches the VM itself, where nobody takes it.`,
            'zh-CN': `${container.name} 发布了端口 ${port}，但 nat PREROUTING 到 DOCKER 链（DNAT 规则所在）的跳转缺失，并且没有 docker-proxy 监听该端口${proxyOff ? '（daemon.json 中 "userland-proxy": false）' : ''}。因此来自外部的连接到达虚拟机自身，而那里无人接收。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact('ruleset', {
              en: 'no jump to DOCKER in nat PREROUTING',
              'zh-CN': 'nat PREROUTING 中没有到 DOCKER 的跳转',
            }),
            fromFact('listeners', {
              en: `no docker-proxy listens on ${port}`,
              'zh-CN': `没有 docker-proxy 监听 ${port}`,
            }),
            ...(proxyOff ? [fromFact('docker', same('userland-proxy: false'))] : []),
            ...silent.slice(0, 2).map(fromFlow),
          ],
          fixes: [
            {
              title: { en: 'Put the jump back', 'zh-CN': '恢复该跳转' },
              commands: [`iptables -t nat -A ${JUMP}`],
              undo: [`iptables -t nat -D ${JUMP}`],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
          explains: silent.map(({ id }) => id),
        },
      ];
    });
  },
});
