import { dropText } from '../../../shared/drop-text.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quote } from '../../connect/quote.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { defaultRoute } from '../../probe/routes.ts';
import type { Qdisc } from '../../probe/tc.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { netemAgain } from '../netem-again.ts';
import { bridgeOf, leavesItsBridge } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn, touching, unseenDeaths } from '../select.ts';
import { man, thread } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** Seconds that a queue may hold each packet back before a flow of a few packets takes longer than people wait. */
const MUCH_DELAY_S = 0.7;
/** Bytes a second below which a page of one packet does not arrive in time. */
const LITTLE_RATE = 2000;
/** Queues that a container's own interface does not have unless somebody put them there. */
const IMITATIONS = new Set(['netem', 'tbf']);

const LOSES: Text = { en: 'loses packets', 'zh-CN': '丢弃' };
const SPOILS: Text = { en: 'spoils packets', 'zh-CN': '损坏' };
const HOLDS_UP: Text = { en: 'holds packets up', 'zh-CN': '阻滞' };

const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;

/** What a queue does to packets, in tc's words; '' where it does nothing that would make a flow fail. */
function harm({ kind, options }: Qdisc): string {
  const number = (key: string, inner: string) => {
    const value = options[key];
    const of =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[inner] : value;
    return typeof of === 'number' ? of : undefined;
  };
  const rate = number('rate', 'rate');
  const slow = rate !== undefined && rate < LITTLE_RATE ? [`rate ${rate * 8}bit`] : [];
  if (kind === 'tbf') return slow.join(' ');
  if (kind !== 'netem') return '';
  const loss = number('loss-random', 'loss') ?? 0;
  const delay = number('delay', 'delay') ?? 0;
  // whoever gets such a packet throws it away: its checksum is wrong
  const corrupt = number('corrupt', 'corrupt') ?? 0;
  return [
    ...(delay >= MUCH_DELAY_S ? [`delay ${delay}s`] : []),
    ...(loss > 0 ? [`loss ${percent(loss)}`] : []),
    ...(corrupt > 0 ? [`corrupt ${percent(corrupt)}`] : []),
    ...slow,
  ].join(' ');
}

/**
 * A queue of tc that imitates a bad network lies on the way of flows that fail: it delays, loses or trickles their packets.
 * The kernel may have been seen to drop some there, or not: its watch sees the first ones only.
 */
export const badQueue = defineRule({
  id: 'bad-queue',
  needs: ['tc', 'interfaces', 'routes', 'docker', 'containers'],
  causes: {
    'tc-imitates-bad-network': {
      sources: [
        man('tc-netem(8)'),
        man('tc-tbf(8)'),
        thread(
          'alexei-led/pumba#147',
          'pumba netem is affecting all containers in host and not responding to kill -9 when running in background',
        ),
      ],
    },
    'tc-in-container': {
      sources: [
        man('tc-netem(8)'),
        thread('alexei-led/pumba#166', 'netem loss, affects all IPs during teardown'),
      ],
    },
  },
  judge: ({ tc, interfaces, routes, docker, containers }, scene) => {
    const slow = unseenDeaths(scene).filter(
      // what a queue loses of ARP ends in “No route to host”
      (f) => ['timeout', 'stalls-when-large', 'unreachable'].includes(f.outcome),
    );
    const uplink = defaultRoute(routes)?.dev;
    const ports = (container: string | undefined) =>
      docker.containers
        .filter((c) => c.name === container)
        .flatMap((c) => c.attachments.map((a) => vethOf(c, a.network, interfaces, containers)?.port?.name));
    const passes = (flow: FlowResult, dev: string) => {
      const outside = leavesItsBridge(flow, scene) || flow.kind.startsWith('internet-');
      return (
        bridgeOf(flow, scene) === dev ||
        (outside && uplink === dev) ||
        ports(flow.to.container).includes(dev) ||
        (flow.from.where === 'container' && ports(flow.from.name).includes(dev))
      );
    };
    const findings = tc.qdiscs.flatMap((qdisc): Finding[] => {
      const { dev } = qdisc;
      const does = harm(qdisc);
      const died = IMITATIONS.has(qdisc.kind)
        ? scene.journeys.filter(({ drop }) => drop?.reason === 'QDISC_DROP' && drop.oif === dev)
        : [];
      const flows = scene.bad.filter(
        (f) => died.some((j) => j.flowId === f.id) || (does !== '' && slow.includes(f) && passes(f, dev)),
      );
      if (flows.length === 0) return [];
      const text = `qdisc ${qdisc.kind} ${does}`.trim();
      const verb =
        died.length > 0 || does.includes('loss') ? LOSES : does.includes('corrupt') ? SPOILS : HOLDS_UP;
      const again = netemAgain(qdisc);
      return [
        {
          id: 'tc-imitates-bad-network',
          layer: 'link',
          insteadOf: [
            'resolver-dead',
            'nat-dns-dead',
            'machine-offline',
            'container-dns-wrong',
            'embedded-dns-upstream-dead',
            'dns-tcp-blocked',
            'dns-udp-blocked',
          ],
          title: {
            en: `A tc queue on ${dev} ${verb.en}: ${text}`,
            'zh-CN': `${dev} 上的 tc 队列${verb['zh-CN']}了数据包：${text}`,
          },
          says: {
            en: `${dev} has the queue “${text}”, made to imitate a bad network, and everything that leaves by ${dev} goes through it: flows over it take longer than they are waited for, or lose packets. It is no firewall rule, and stays until it is deleted.`,
            'zh-CN': `${dev} 上有用于模拟劣质网络的队列“${text}”，凡从 ${dev} 发出的数据包都要经过它：经由它的流量会超时或丢包。它不是防火墙规则，在删除之前一直有效。`,
          },
          grade: died.length > 0 ? 'traced' : 'inferred',
          owner: 'administrator',
          evidence: [
            ...died.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
            fromFact('tc', same(`dev ${dev}: ${text}`)),
            ...someFlows(flows),
          ],
          fixes: [
            {
              title: { en: 'Delete the queue', 'zh-CN': '删除该队列' },
              commands: [`tc qdisc del dev ${quote(dev)} root`],
              undo: again === undefined ? [] : [again],
              ...(again === undefined
                ? { applies: 'told' as const }
                : { applies: 'at-once' as const, trial: 'itself' as const }),
            },
          ],
          explains: flows.map((f) => f.id),
        },
      ];
    });
    const inside = docker.containers.flatMap((container): Finding[] => {
      const namespace = namespaceOf(containers, container.id);
      const link = namespace?.interfaces.find((i) => IMITATIONS.has(i.qdisc));
      const flows = touching(container.name, scene).filter(
        (f) => slow.includes(f) || startsIn(container.name, f.from),
      );
      if (!namespace || !link || flows.length === 0) return [];
      const where: Text = {
        en: `${link.name} inside ${container.name}`,
        'zh-CN': `${container.name} 内的 ${link.name}`,
      };
      return [
        {
          id: 'tc-in-container',
          layer: 'container',
          insteadOf: ['container-dns-wrong', 'netfilter-drop'],
          title: {
            en: `A tc queue (${link.qdisc}) on ${where.en} loses or holds up its packets`,
            'zh-CN': `${where['zh-CN']} 上的 tc 队列（${link.qdisc}）丢弃或阻滞其数据包`,
          },
          says: {
            en: `The interface ${where.en} has the queue ${link.qdisc}, which Docker never sets: it imitates a bad network or throttles, often left behind by a chaos test (pumba, tc). It works in the container's own network namespace, so nothing of it shows in the VM's rules.`,
            'zh-CN': `接口 ${where['zh-CN']} 的队列是 ${link.qdisc}，Docker 从不设置它：它模拟劣质网络或限速，常为混沌测试（pumba、tc）遗留。它位于容器自己的网络命名空间内，在虚拟机的规则中看不到。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact('containers', same(`${container.name} ${link.name}: qdisc ${link.qdisc}`)),
            ...someFlows(flows),
          ],
          fixes: [
            {
              title: { en: 'Delete the queue', 'zh-CN': '删除该队列' },
              commands: [`nsenter -t ${namespace.pid} -n tc qdisc del dev ${quote(link.name)} root`],
              undo: [],
              applies: 'told',
              warning: {
                en: 'Look at it first, with tc qdisc show there: it can’t be put back from here.',
                'zh-CN': '请先在其中用 tc qdisc show 查看：此处无法将其恢复。',
              },
            },
          ],
          explains: flows.map((f) => f.id),
        },
      ];
    });
    return [...findings, ...inside];
  },
});
