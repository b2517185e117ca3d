import { dropText } from '../../../shared/drop-text.ts';
import { same, type Text } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { quote } from '../../connect/quote.ts';
import type { Tc } from '../../probe/tc.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

/** Something of tc that throws packets away at a device. */
interface Thrower {
  device: string;
  /** As tc would be told to make it: `qdisc netem loss 100%`. */
  text: string;
  title: Text;
  says: Text;
  /** Where it can be put back as it was. */
  fix?: { command: string; undo: string };
}

/** Where packets come in, and tc and protocols get them: before Linux 5.17 the kernel gives no reason, only this place. */
const COMES_IN = /^__netif_receive_skb_core/;

/** What tc has at the place where the kernel dropped the packet; undefined where nothing there would. */
function throwerOf({ drop }: Journey, tc: Tc): Thrower | undefined {
  if (drop?.reason === 'QDISC_DROP' && drop.oif !== undefined) return queue(drop.oif, tc);
  const atIngress =
    drop?.reason === 'TC_INGRESS' || (drop?.reason === undefined && COMES_IN.test(drop?.function ?? ''));
  return atIngress && drop?.iif !== undefined ? filter(drop.iif, tc) : undefined;
}

/** What tc prints of a netem that only loses packets. */
const PLAIN_NETEM = new Set(['limit', 'loss-random', 'ecn', 'gap']);

function queue(device: string, { qdiscs }: Tc): Thrower | undefined {
  const qdisc = qdiscs.find((q) => q.dev === device && q.kind === 'netem');
  if (!qdisc) return undefined;
  const { 'loss-random': loss } = qdisc.options as { 'loss-random'?: { loss?: unknown } };
  const share = typeof loss?.loss === 'number' ? ` loss ${Math.round(loss.loss * 10_000) / 100}%` : '';
  const text = `qdisc netem${share}`;
  return {
    device,
    text: `dev ${device}: ${text}`,
    title: {
      en: `A tc queue (netem${share}) on ${device} drops the packets`,
      'zh-CN': `${device} 上的 tc 队列（netem${share}）丢弃了数据包`,
    },
    says: {
      en: `${device} has the queue “${text}”, made to imitate a bad network, and the kernel dropped packets right there as they were to leave by ${device}; no firewall rule is involved.`,
      'zh-CN': `${device} 上有用于模拟劣质网络的队列“${text}”，数据包正要从 ${device} 离开时被内核在此丢弃；与防火墙规则无关。`,
    },
    // a queue that does more than lose could not be put back by this
    ...(share === '' || Object.keys(qdisc.options).some((key) => !PLAIN_NETEM.has(key))
      ? {}
      : {
          fix: {
            command: `tc qdisc del dev ${quote(device)} root`,
            undo: `tc qdisc add dev ${quote(device)} root netem${share}`,
          },
        }),
  };
}

function filter(device: string, { ingress }: Tc): Thrower | undefined {
  const found = ingress.find((f) => f.dev === device && f.actions.includes('drop'));
  if (!found) return undefined;
  const text = `filter ingress protocol ${found.protocol} pref ${found.pref} ${found.kind} action drop`;
  return {
    device,
    text: `dev ${device}: ${text}`,
    title: {
      en: `A tc ingress filter on ${device} drops the packets`,
      'zh-CN': `${device} 上的 tc ingress 过滤器丢弃了数据包`,
    },
    says: {
      en: `${device} has the tc filter “${text}”: what comes in by ${device} is thrown away before any firewall chain sees it.`,
      'zh-CN': `${device} 上有 tc 过滤器“${text}”：从 ${device} 进入的数据包在任何防火墙链之前就被丢弃。`,
    },
    ...(found.kind === 'matchall' && found.actions.length === 1
      ? {
          fix: {
            command: `tc filter del dev ${quote(device)} ingress pref ${found.pref}`,
            undo: `tc filter add dev ${quote(device)} ingress pref ${found.pref} protocol ${found.protocol} matchall action drop`,
          },
        }
      : {}),
  };
}

/** tc throws packets away: a queue that imitates a bad network, or a filter where they come in. */
export const queueDrop = defineRule({
  id: 'queue-drop',
  needs: ['tc'],
  causes: {
    'tc-drop': {
      sources: [man('tc-netem(8)'), man('tc(8)')],
    },
  },
  judge: ({ tc }, scene) => {
    const found = new Map<string, { thrower: Thrower; journeys: Journey[] }>();
    for (const journey of scene.journeys) {
      const thrower = throwerOf(journey, tc);
      if (!thrower) continue;
      const entry = found.get(thrower.text) ?? { thrower, journeys: [] };
      entry.journeys.push(journey);
      found.set(thrower.text, entry);
    }
    return [...found.values()].map(({ thrower, journeys }) => finding(thrower, journeys, scene));
  },
});

/**
 * The flows that were seen to end there. Where the device is a bridge, everything that goes to its containers passes it as
 * well. Where a container's own packets end as they come in, that device is its way to everybody: all that it sends and
 * answers.
 */
function concerned(device: string, journeys: readonly Journey[], scene: Scene): Scene['bad'] {
  const rest = unseenDeaths(scene);
  const seen = scene.bad.filter((flow) => journeys.some((j) => j.flowId === flow.id));
  const early = seen.filter((flow) =>
    journeys.some((j) => j.flowId === flow.id && j.direction === 'request' && j.stops.length === 0),
  );
  const names = new Set(early.flatMap(({ from }) => (from.where === 'container' ? [from.name] : [])));
  return scene.bad.filter(
    (flow) =>
      seen.includes(flow) ||
      (bridgeOf(flow, scene) === device && rest.includes(flow)) ||
      (flow.from.where === 'container' && names.has(flow.from.name)) ||
      (flow.to.container !== undefined && names.has(flow.to.container)),
  );
}

function finding(thrower: Thrower, journeys: readonly Journey[], scene: Scene): Finding {
  const flows = concerned(thrower.device, journeys, scene);
  return {
    id: 'tc-drop',
    layer: 'link',
    title: thrower.title,
    says: thrower.says,
    grade: 'traced',
    owner: 'administrator',
    evidence: [
      ...journeys.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
      fromFact('tc', same(thrower.text)),
      ...someFlows(flows),
    ],
    fixes: thrower.fix
      ? [
          {
            title: { en: 'Delete it', 'zh-CN': '将其删除' },
            commands: [thrower.fix.command],
            undo: [thrower.fix.undo],
            applies: 'at-once',
            trial: 'itself',
          },
        ]
      : [],
    explains: flows.map((f) => f.id),
  };
}
