import type { Evidence, Fix } from '../../../shared/cause.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { EMBEDDED_DNS } from '../../flow/kinds/container-name.ts';
import { type Cgroup, listsFor } from '../../probe/cgroups.ts';
import type { Docker } from '../../probe/docker.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import { addressOf } from '../address-of.ts';
import { covers } from '../covers.ts';
import { lostForDockerNames, unansweredByDocker } from '../docker-names.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { startsIn } from '../select.ts';
import { type Source, thread } from '../sources.ts';

const RESOURCE_CONTROL: Source = {
  title: 'systemd.resource-control(5): IPAddressAllow=, IPAddressDeny=',
  url: 'https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html',
};
const PULL_REQUEST = thread(
  'systemd/systemd#6764',
  'add simple eBPF-based per-unit IP access lists and accounting',
);

const DAEMONS = ['docker.service', 'snap.docker.dockerd.service'];

/** Do these lists keep the address from who is under them? */
const forbid = (lists: readonly Cgroup[], address: string): boolean =>
  lists.some(({ deny }) => deny.some((p) => covers(p, address))) &&
  !lists.some(({ allow }) => allow.some((p) => covers(p, address)));

/** The lists in systemd's words: `system.slice: IPAddressDeny=0.0.0.0/0 IPAddressAllow=127.0.0.0/8`. */
function inWords(lists: readonly Cgroup[]): Text {
  const of = (key: string, all: readonly string[]) => (all.length > 0 ? [`${key}=${all.join(' ')}`] : []);
  return same(
    lists
      .map(({ unit, deny, allow }) =>
        [`${unit}:`, ...of('IPAddressDeny', deny), ...of('IPAddressAllow', allow)].join(' '),
      )
      .join('; '),
  );
}

/** Which of the units has it that the address is forbidden. */
const unitThatForbids = (lists: readonly Cgroup[], address: string): string =>
  lists.find(({ deny }) => deny.some((p) => covers(p, address)))?.unit ?? '';

/** Where the flow was tried: not where the list holds. */
const outside = ({ says, ...evidence }: Evidence): Evidence => ({
  ...evidence,
  says: {
    en: `${says.en}, tried outside the cgroup`,
    'zh-CN': `${says['zh-CN']}（在该 cgroup 之外测试）`,
  },
});

function allowIt(unit: string): Fix {
  return {
    title: {
      en: `Let ${unit} send there: take IPAddressDeny= out of it, or add IPAddressAllow= with what is needed`,
      'zh-CN': `允许 ${unit} 访问：去掉其 IPAddressDeny=，或用 IPAddressAllow= 加入所需地址`,
    },
    commands: [`systemctl cat ${quoteWhereNeeded(unit)}`, `systemctl edit ${quoteWhereNeeded(unit)}`],
    undo: [],
    applies: 'told',
    warning: {
      en: 'It holds at once. Whoever wrote it may have meant it: look who else is in there.',
      'zh-CN': '修改立即生效。该限制可能是有意设置的：请先查看其中还有哪些程序。',
    },
  };
}

/**
 * systemd keeps addresses from a container, or from dockerd itself, by a BPF program of the cgroup. Our own flows start in the
 * container's network and not in its cgroup, so that they pass where the container's do not: what is forbidden is read, and
 * held against where they went.
 */
export const addressFilter = defineRule({
  id: 'address-filter',
  needs: ['cgroups', 'docker'],
  causes: {
    'cgroup-denies-container': {
      sources: [RESOURCE_CONTROL, PULL_REQUEST],
      holds: 'systemd 235 and later, cgroup v2, Docker with the cgroup driver "systemd"',
    },
    'cgroup-denies-docker': {
      sources: [RESOURCE_CONTROL, PULL_REQUEST],
      holds: 'systemd 235 and later, cgroup v2',
    },
  },
  judge: ({ cgroups, docker }, scene) => {
    const groups = new Map<string, { lists: Cgroup[]; members: DockerContainer[]; flows: FlowResult[] }>();
    for (const container of docker.containers) {
      const lists = listsFor(cgroups, `docker-${container.id}.scope`);
      // what fails outside the cgroup has another cause, which is to be told first
      const flows = scene.flows.filter(
        (f) => f.outcome === 'ok' && triedFor(container, f) && forbid(lists, addressOf(f) ?? ''),
      );
      if (flows.length === 0) continue;
      const key = lists.map(({ unit }) => unit).join(' ');
      const { members = [], flows: others = [] } = groups.get(key) ?? {};
      groups.set(key, {
        lists,
        members: [...members, container],
        flows: [...new Set([...others, ...flows])],
      });
    }
    const ofContainers = [...groups.values()].map(({ lists, members, flows }): Finding => {
      const unit = unitThatForbids(lists, flows.map(addressOf).find((a) => a !== undefined) ?? '');
      const names = members.map(({ name }) => name);
      return {
        id: 'cgroup-denies-container',
        layer: 'container',
        title: {
          en: `systemd keeps addresses from ${names.length === 1 ? names[0] : `${names.length} containers`}: IPAddressDeny= of ${unit}`,
          'zh-CN': `systemd 禁止${names.length === 1 ? ` ${names[0]} ` : ` ${names.length} 个容器`}访问部分地址：${unit} 的 IPAddressDeny=`,
        },
        says: {
          en: `${names.join(', ')} ${names.length === 1 ? 'runs' : 'run'} in ${unit}, whose IPAddressDeny= a BPF program of the cgroup enforces: what a program in there sends to such an address, or gets from it, is thrown away before any firewall rule sees it. Culprit's own flows start in the container's network, but not in its cgroup, so they do get through: nothing else is in the way.`,
          'zh-CN': `${names.join('、')} 运行在 ${unit} 中，其 IPAddressDeny= 由该 cgroup 的 BPF 程序执行：其中的程序与这些地址之间的数据包，在任何防火墙规则之前就被丢弃。Culprit 自己的测试流量从容器的网络发出，但不在其 cgroup 中，因此能够通过：说明没有其他阻碍。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [fromFact('cgroups', inWords(lists)), ...someFlows(flows).map(outside)],
        fixes: [allowIt(unit)],
        explains: [],
      };
    });
    return [...ofContainers, ...ofDaemon(cgroups, docker, scene)];
  },
});

/** Was the flow tried in this container, or for it by a neighbour that stands for its network? */
function triedFor(container: DockerContainer, { from }: FlowResult): boolean {
  if (startsIn(container.name, from)) return true;
  return (
    (from.where === 'container' || from.where === 'endpoint') &&
    container.attachments.some(({ network }) => network === from.network)
  );
}

/** dockerd may not ask the servers that its own name server hands questions on to. */
function ofDaemon(cgroups: readonly Cgroup[], docker: Docker, scene: Scene): Finding[] {
  const unit = DAEMONS.find((id) => listsFor(cgroups, id).length > 0);
  if (unit === undefined) return [];
  const lists = listsFor(cgroups, unit);
  const unanswered = unansweredByDocker(scene);
  const serversOf = ({ dns }: DockerContainer) => (dns.length > 0 ? dns : scene.world.guestResolvers);
  const askers = docker.containers.filter((container) => {
    const servers = serversOf(container);
    return (
      unanswered.some(({ from }) => startsIn(container.name, from)) &&
      servers.length > 0 &&
      servers.every((server) => forbid(lists, server))
    );
  });
  const [first] = askers;
  if (!first) return [];
  const who = askers.map(({ name }) => name);
  const what = serversOf(first);
  const lost = who.flatMap((name) => lostForDockerNames(name, scene));
  const forbids = unitThatForbids(lists, what[0] ?? '');
  return [
    {
      id: 'cgroup-denies-docker',
      layer: 'name',
      insteadOf: ['embedded-dns-upstream-dead', 'resolver-dead', 'container-dns-wrong'],
      title: {
        en: `systemd keeps the name server ${what.join(', ')} from Docker: IPAddressDeny= of ${forbids}`,
        'zh-CN': `systemd 禁止 Docker 访问 DNS 服务器 ${what.join('、')}：${forbids} 的 IPAddressDeny=`,
      },
      says: {
        en: `Docker's ${EMBEDDED_DNS} is asked for every name in ${who.join(', ')}, and dockerd hands what it does not know itself on to ${what.join(', ')}. IPAddressDeny= of ${forbids} forbids dockerd to send there, by a BPF program of its cgroup that no firewall shows. Nothing can be pulled from such addresses either, and a port that docker-proxy passes on (127.0.0.1 in the VM) may hang.`,
        'zh-CN': `${who.join('、')} 的所有名称都向 Docker 的 ${EMBEDDED_DNS} 查询，dockerd 再把自己不知道的名称转交给 ${what.join('、')}。${forbids} 的 IPAddressDeny= 通过其 cgroup 的 BPF 程序禁止 dockerd 访问该地址，任何防火墙中都看不到。同样也无法从这些地址拉取镜像，由 docker-proxy 转发的端口（虚拟机的 127.0.0.1）也可能无响应。`,
      },
      grade: 'inferred',
      owner: 'administrator',
      evidence: [fromFact('cgroups', inWords(lists)), ...someFlows(lost)],
      fixes: [allowIt(forbids)],
      explains: lost.map(({ id }) => id),
    },
  ];
}
