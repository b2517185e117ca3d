import { same } from '../../../shared/text.ts';
import type { Disk } from '../../probe/system.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { thread } from '../sources.ts';

/** KiB that even a small file, a log line or a socket's lock needs. */
const NOTHING_KIB = 2048;
const NO_SPACE = /no space left on device/i;

const isFull = ({ usedPercent, freeKiB }: Disk) => usedPercent >= 100 || freeKiB < NOTHING_KIB;

/** The VM's disk is full, and because of it Docker or a container does not run. Alone it is no cause: traffic needs no disk. */
export const diskFull = defineRule({
  id: 'disk-full',
  needs: ['system', 'docker'],
  causes: {
    'disk-full': {
      sources: [
        thread('moby/moby#18869', 'Docker runs out of disk space even though containers are small'),
        thread(
          'docker/for-linux#214',
          "Service '*' failed to build: mkdir /var/run/docker/libcontainerd/: no space left on device",
        ),
        {
          title: 'Docker: Prune unused Docker objects',
          url: 'https://docs.docker.com/engine/manage-resources/pruning/',
        },
      ],
    },
  },
  judge: ({ system, docker }, scene) => {
    const full = system.disks.filter(isFull);
    const idle = docker.containers.filter((c) => c.state !== 'running' && c.state !== 'paused');
    const said = [...docker.journal, ...idle.map((c) => c.error)].filter((line) => NO_SPACE.test(line));
    const [disk] = full;
    if (!disk) return [];
    const flows = scene.bad.filter((f) => !docker.running || idle.some((c) => c.name === f.to.container));
    // a daemon that complains of the disk needs no failing flow
    if (flows.length === 0 && !(said.length > 0 && !docker.running)) return [];
    const at = full.map((d) => `${d.mount} ${d.usedPercent} %, ${d.freeKiB} KiB free`).join('; ');
    const names = idle.map((c) => c.name).join(', ');
    return [
      {
        id: 'disk-full',
        layer: 'machine',
        insteadOf: [
          'docker-not-running',
          'container-not-running',
          'container-restarting',
          'docker-rules-missing',
        ],
        title: { en: `The VM's disk is full: ${disk.mount}`, 'zh-CN': `虚拟机磁盘已满：${disk.mount}` },
        says: {
          en: `There is no room left on ${disk.mount}, so ${docker.running ? `Docker can't start ${names || 'containers'}` : 'Docker itself does not run'}: it has to write before it can do anything. ${said[0] ?? ''} Make room; the network is not at fault.`.replace(
            '  ',
            ' ',
          ),
          'zh-CN': `${disk.mount} 已没有剩余空间，因此${docker.running ? `Docker 无法启动 ${names || '容器'}` : 'Docker 自身无法运行'}：它在做任何事之前都要写盘。${said[0] ?? ''}请腾出空间；网络没有问题。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact('system', same(at)),
          ...said.slice(0, 2).map((line) => fromFact('docker', same(line))),
          ...someFlows(flows),
        ],
        fixes: [
          {
            title: { en: 'See what takes the room', 'zh-CN': '查看空间占用' },
            commands: ['df -h', 'docker system df', 'journalctl --disk-usage'],
            undo: [],
            applies: 'told',
          },
        ],
        explains: flows.map((f) => f.id),
      },
    ];
  },
});
