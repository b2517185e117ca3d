import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { touching, unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

/** A container that is there and does nothing: frozen, or starting over and over. */
export const containerState = defineRule({
  id: 'container-state',
  needs: ['docker'],
  causes: {
    'container-paused': {
      sources: [
        {
          title: 'Docker: docker pause',
          url: 'https://docs.docker.com/reference/cli/docker/container/pause/',
        },
      ],
    },
    'container-restarting': {
      sources: [
        {
          title: 'Docker: Start containers automatically',
          url: 'https://docs.docker.com/engine/containers/start-containers-automatically/',
        },
        man('signal(7)'),
      ],
    },
  },
  judge: ({ docker }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const mine = touching(container.name, scene);
      if (mine.length === 0) return [];
      if (container.state === 'paused') return [paused(container, mine)];
      if (keepsEnding(container)) return [restarting(container, mine)];
      const unseen = unseenDeaths(scene).filter((f) => mine.includes(f));
      return unseen.length > 0 && hasJustEnded(container, scene) ? [restarting(container, unseen)] : [];
    }),
});

/**
 * Is it being started over and over? Between two starts Docker says `restarting`; a busy one says `exited` for moments
 * (seen on Docker 20.10.5). Somebody who stops it does so by a signal, and with that its exit code is above 128 or 0.
 */
function keepsEnding({ state, restarts, meantToRun, exitCode }: DockerContainer): boolean {
  const crashed = exitCode > 0 && exitCode <= 128;
  return state === 'restarting' || (state === 'exited' && meantToRun && restarts > 0 && crashed);
}

/** The longest that Docker waits before it starts a container again that ends soon after each start. */
const LONGEST_WAIT_S = 60;

/** It runs, but ended by itself moments ago: looked at between two of its ends. */
function hasJustEnded({ state, restarts, startedAt }: DockerContainer, { facts }: Scene): boolean {
  const clock = facts.system.ok ? facts.system.value.clock : null;
  const started = Date.parse(startedAt) / 1000;
  return state === 'running' && restarts > 0 && clock !== null && clock - started < LONGEST_WAIT_S;
}

type Bad = ReturnType<typeof touching>;

const common = (container: DockerContainer, mine: Bad) => ({
  layer: 'container' as const,
  insteadOf: ['container-not-running', 'port-in-use', 'netfilter-drop', 'nothing-listens'],
  grade: 'inferred' as const,
  owner: 'administrator' as const,
  evidence: [
    fromFact('docker', same(`${container.name}: ${container.state}`)),
    ...mine.slice(0, 2).map(fromFlow),
  ],
  explains: mine.map((f) => f.id),
});

function paused(container: DockerContainer, mine: Bad): Finding {
  const { name } = container;
  return {
    id: 'container-paused',
    ...common(container, mine),
    title: { en: `${name} is paused`, 'zh-CN': `${name} 已被暂停（paused）` },
    says: {
      en: `${name} is paused: its programs are frozen while its network stands. The kernel still accepts connections for it, and then nobody answers, so everything seems to hang. docker unpause lets it go on.`,
      'zh-CN': `${name} 处于暂停状态：其中的程序被冻结，而网络仍在。内核仍会替它接受连接，但之后没有任何应答，因此一切看似卡住。docker unpause 可让它继续运行。`,
    },
    fixes: [
      {
        title: { en: 'Let it go on', 'zh-CN': '恢复运行' },
        commands: [`docker unpause ${quoteWhereNeeded(name)}`],
        undo: [`docker pause ${quoteWhereNeeded(name)}`],
        applies: 'at-once',
      },
    ],
  };
}

/** While it runs, Docker no longer says how it ended. */
function howItEnds({ state, restarts, exitCode }: DockerContainer): Text {
  if (state === 'running') return { en: `started again ${restarts} times`, 'zh-CN': `已重启 ${restarts} 次` };
  if (exitCode > 128)
    return { en: `killed by signal ${exitCode - 128}`, 'zh-CN': `被信号 ${exitCode - 128} 终止` };
  return { en: `exit code ${exitCode}`, 'zh-CN': `退出码 ${exitCode}` };
}

function restarting(container: DockerContainer, mine: Bad): Finding {
  const { name, error } = container;
  const how = howItEnds(container);
  return {
    id: 'container-restarting',
    ...common(container, mine),
    title: {
      en: `${name} keeps ending and is started again (${how.en})`,
      'zh-CN': `${name} 不断退出并被重启（${how['zh-CN']}）`,
    },
    says: {
      en: `${name} is restarting: its program ends soon after each start (${how.en}), and Docker starts it again, so most of the time nobody answers. The network is not at fault; docker logs ${name} tells why it ends. ${error}`.trim(),
      'zh-CN':
        `${name} 正在反复重启：其中的程序每次启动后很快退出（${how['zh-CN']}），Docker 又将其启动，因此多数时间无人应答。网络没有问题；docker logs ${name} 会说明退出原因。${error}`.trim(),
    },
    fixes: [
      {
        title: { en: 'Read why it ends', 'zh-CN': '查看退出原因' },
        commands: [`docker logs --tail 50 ${quoteWhereNeeded(name)}`],
        undo: [],
        applies: 'told',
      },
    ],
  };
}
