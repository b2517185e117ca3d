import type { Fix } from '../../../shared/cause.ts';
import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_PORTS, thread } from '../sources.ts';

/** A published port that can't work by its own configuration: nobody runs behind it, or the address is taken. */
export const publishedPort = defineRule({
  id: 'published-port',
  needs: ['docker', 'listeners'],
  causes: {
    'port-in-use': {
      sources: [
        DOCKER_PORTS,
        thread(
          'moby/moby#42653',
          'Error starting userland proxy: listen tcp4 0.0.0.0:80: bind: address already in use',
        ),
      ],
    },
    'container-not-running': {
      sources: [
        DOCKER_PORTS,
        {
          title: 'Docker: Start containers automatically',
          url: 'https://docs.docker.com/engine/containers/start-containers-automatically/',
        },
      ],
    },
  },
  judge: ({ docker, listeners }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const mine = scene.bad.filter(
        (f) => f.to.container === container.name && ['published-port', 'absent-mate'].includes(f.kind),
      );
      if (container.state === 'running') return [];
      const held = (wanted: number) => listeners.find((l) => l.proto === 'tcp' && l.port === wanted);
      const refused = /port is already allocated|address already in use/i.test(container.error);
      const wanted = container.wantedPorts.find(({ hostPort }) => held(hostPort)) ?? container.wantedPorts[0];
      const port = wanted?.hostPort ?? 0;
      const holder = held(port);
      const taken = refused || holder !== undefined;
      // whoever took the port answers there, so that no flow needs to fail
      if (mine.length === 0 && !(refused && holder)) return [];
      const pid = holder?.processes[0]?.pid;
      const who = holder?.processes.map((p) => `${p.name} (pid ${p.pid})`).join(', ') || '?';
      return [
        {
          id: taken ? 'port-in-use' : 'container-not-running',
          layer: 'container',
          insteadOf: ['netfilter-drop'],
          title: taken
            ? {
                en: `Port ${port} is in use by ${who}, so ${container.name} could not start`,
                'zh-CN': `端口 ${port} 已被 ${who} 占用，${container.name} 无法启动`,
              }
            : {
                en: `${container.name} is not running (${container.state})`,
                'zh-CN': `${container.name} 未运行（${container.state}）`,
              },
          says: taken
            ? {
                en: `${container.name} wants to publish port ${port}, but ${who} already listens there. ${container.error}`.trim(),
                'zh-CN':
                  `${container.name} 需要发布端口 ${port}，但 ${who} 已在监听该端口。${container.error}`.trim(),
              }
            : {
                en: `${wanted ? `Port ${port} is published by ${container.name}, which` : `Others of its Compose project call ${container.name} by name, and it`} is ${container.state} (exit code ${container.exitCode}${container.oomKilled ? ', killed because it took more memory than it may' : ''}), so nothing answers there. ${container.error}`.trim(),
                'zh-CN':
                  `${wanted ? `端口 ${port} 由 ${container.name} 发布，但该容器` : `同一 Compose 项目的其他容器按名称访问 ${container.name}，但它`}状态为 ${container.state}（退出码 ${container.exitCode}${container.oomKilled ? '，因内存超限被终止' : ''}），因此无人应答。${container.error}`.trim(),
              },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact(
              'docker',
              same(`${container.name}: ${container.state}, exit ${container.exitCode}. ${container.error}`),
            ),
            ...(holder ? [fromFact('listeners', same(`${holder.address}:${holder.port} ${who}`))] : []),
            ...mine.slice(0, 2).map(fromFlow),
          ],
          fixes: [pid === undefined || !taken ? start(container.name) : makeRoom(container.name, who, pid)],
          explains: mine.map((f) => f.id),
        },
      ];
    }),
});

function start(name: string): Fix {
  return {
    title: { en: `Start ${name}`, 'zh-CN': `启动 ${name}` },
    commands: [`docker start ${quoteWhereNeeded(name)}`],
    undo: [`docker stop ${quoteWhereNeeded(name)}`],
    applies: 'at-once',
  };
}

function makeRoom(name: string, who: string, pid: number): Fix {
  return {
    title: { en: `End ${who}, then start ${name}`, 'zh-CN': `结束 ${who}，然后启动 ${name}` },
    commands: [`kill ${pid}`, `docker start ${quoteWhereNeeded(name)}`],
    undo: [`docker stop ${quoteWhereNeeded(name)}`],
    applies: 'told',
    warning: {
      en: 'That program may be wanted, and a service comes back by itself: otherwise publish another port.',
      'zh-CN': '该程序可能是需要的，并且若为服务会自行重启：否则请发布到其他端口。',
    },
  };
}
