import { same, type Text } from '../../../shared/text.ts';
import type { Docker } from '../../probe/docker.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_DAEMON, thread } from '../sources.ts';

/** The daemon is down: stopped, or unable to start, most often because of its own configuration file. */
export const dockerNotRunning = defineRule({
  id: 'docker-not-running',
  needs: ['docker'],
  causes: {
    'docker-not-running': {
      sources: [DOCKER_DAEMON],
    },
    'docker-daemon-json-broken': {
      sources: [DOCKER_DAEMON, thread('moby/moby#32530', 'daemon.json parsing ignores unknown fields')],
    },
  },
  judge: ({ docker }, scene) => {
    if (docker.running) return [];
    const { unit, daemonJson, journal } = docker;
    const why = whyNot(docker);
    const broken = daemonJson?.error ?? undefined;
    const follows: Text =
      daemonJson?.value['live-restore'] === true
        ? {
            en: 'so nobody looks after the containers’ networks, names and ports; with live-restore they run on without it',
            'zh-CN': '因此容器的网络、名称和端口无人维护；由于启用了 live-restore，容器仍在运行',
          }
        : { en: 'so no container has a network', 'zh-CN': '因此没有容器拥有网络' };
    const fixes: Finding['fixes'] = broken
      ? [
          {
            title: {
              en: 'Mend /etc/docker/daemon.json, then start docker',
              'zh-CN': '修正 /etc/docker/daemon.json，然后启动 docker',
            },
            commands: [
              'cp -a /etc/docker/daemon.json /etc/docker/daemon.json.bak',
              'editor /etc/docker/daemon.json',
              'systemctl reset-failed docker.service && systemctl start docker.service',
            ],
            undo: ['mv /etc/docker/daemon.json.bak /etc/docker/daemon.json'],
            applies: 'told',
          },
        ]
      : [
          {
            title: { en: 'Start docker', 'zh-CN': '启动 docker' },
            commands: ['systemctl start docker.service'],
            undo: ['systemctl stop docker.service docker.socket'],
            applies: 'at-once',
          },
        ];
    return [
      {
        id: broken ? 'docker-daemon-json-broken' : 'docker-not-running',
        layer: 'daemon',
        insteadOf: ['netfilter-drop', 'docker-rules-missing'],
        title: broken
          ? {
              en: 'Docker cannot start: daemon.json is broken',
              'zh-CN': 'Docker 无法启动：daemon.json 有错误',
            }
          : { en: 'Docker is not running', 'zh-CN': 'Docker 未运行' },
        says: {
          en: `The Docker daemon is not running, ${follows.en}. ${why.en}`,
          'zh-CN': `Docker 守护进程未运行，${follows['zh-CN']}。${why['zh-CN']}`,
        },
        grade: 'inferred',
        owner: 'docker',
        evidence: [
          fromFact(
            'docker',
            same(`docker.service: ${unit?.active ?? '?'} (${unit?.sub ?? '?'}, ${unit?.result ?? '?'})`),
          ),
          ...journal.slice(-2).map((line) => fromFact('docker', same(line))),
          ...someFlows(scene.bad),
        ],
        fixes,
        explains: scene.bad
          .filter((f) => f.from.where !== 'guest' || f.to.container !== undefined)
          .map((f) => f.id),
      },
    ];
  },
});

/** Why it does not run, as far as systemd and its own last words tell. */
function whyNot({ unit, daemonJson, journal }: Docker): Text {
  const said = journal.at(-1);
  const lastWords: Text = {
    en: said ? `; its last words: ${said}` : '',
    'zh-CN': said ? `；最后的日志：${said}` : '',
  };
  if (daemonJson?.error)
    return {
      en: `/etc/docker/daemon.json is not valid JSON (${daemonJson.error}), and dockerd refuses to start with it.`,
      'zh-CN': `/etc/docker/daemon.json 不是有效的 JSON（${daemonJson.error}），dockerd 因此拒绝启动。`,
    };
  if (unit?.active === 'failed' || unit?.result === 'exit-code' || unit?.result === 'start-limit-hit')
    return {
      en: `docker.service failed${lastWords.en}.`,
      'zh-CN': `docker.service 启动失败${lastWords['zh-CN']}。`,
    };
  if (unit?.active !== 'activating')
    return {
      en: `docker.service is ${unit?.active ?? 'not known to systemd'}: somebody stopped it, or it is not started at boot.`,
      'zh-CN': `docker.service 状态为 ${unit?.active ?? '未知'}：可能被人停止，或未设置开机启动。`,
    };
  const { restarts } = unit;
  return {
    en: `docker.service is only just starting${restarts > 0 ? `, again: it ended and was started ${restarts} times` : ''}${lastWords.en}.`,
    'zh-CN': `docker.service 正在启动${restarts > 0 ? `，且不是第一次：它已退出并重新启动 ${restarts} 次` : ''}${lastWords['zh-CN']}。`,
  };
}
