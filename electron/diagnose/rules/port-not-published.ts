import { unpublishedPort } from '../../flow/intent.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { DOCKER_PORTS } from '../sources.ts';

/** A forward of the VM leads to a port that no container publishes, while one only exposes what could be meant. */
export const portNotPublished = defineRule({
  id: 'port-not-published',
  needs: ['docker'],
  causes: {
    'port-not-published': {
      sources: [
        DOCKER_PORTS,
        {
          title: 'Docker: Dockerfile reference, EXPOSE',
          url: 'https://docs.docker.com/reference/dockerfile/#expose',
        },
      ],
    },
  },
  judge: ({ docker }, scene) => {
    const lost = scene.bad.filter(
      ({ from, to }) => from.where === 'mac' && to.what === 'published-port' && to.container === undefined,
    );
    const candidates = docker.containers.flatMap((c) => {
      const port = unpublishedPort(c);
      return port === undefined ? [] : [{ name: c.name, port }];
    });
    const [first] = candidates;
    if (lost.length === 0 || !first) return [];
    const ports = [...new Set(lost.map(({ to }) => to.guestPort))].join(', ');
    const who = candidates.map(({ name, port }) => `${name} (EXPOSE ${port})`).join(', ');
    const [guestPort] = lost.map(({ to }) => to.guestPort);
    return [
      {
        id: 'port-not-published',
        layer: 'port',
        title: {
          en: `No container publishes port ${ports}: ${first.name} only exposes ${first.port}`,
          'zh-CN': `没有容器发布端口 ${ports}：${first.name} 只是声明（EXPOSE）了 ${first.port}`,
        },
        says: {
          en: `VirtualBox forwards to port ${ports} of the VM, and nothing listens there. ${who} runs and publishes no port: EXPOSE is a note in the image and opens nothing, only -p (or "ports" in compose) does.`,
          'zh-CN': `VirtualBox 转发到虚拟机的端口 ${ports}，但那里无人监听。${who} 正在运行却没有发布端口：EXPOSE 只是镜像中的说明，不会开放任何端口，需要 -p（或 compose 的 "ports"）才能发布。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact('docker', {
            en: `${who}: no published port`,
            'zh-CN': `${who}：没有发布端口`,
          }),
          ...lost.slice(0, 2).map(fromFlow),
        ],
        fixes: [
          {
            title: { en: 'Make the container again with -p', 'zh-CN': '使用 -p 重新创建容器' },
            commands: [`docker run -p ${guestPort}:${first.port} …`],
            undo: ['docker run …'],
            applies: 'told',
            warning: { en: 'The container has to be made again.', 'zh-CN': '需要重新创建容器。' },
          },
        ],
        explains: lost.map(({ id }) => id),
      },
    ];
  },
});
