import { dropText } from '../../../shared/drop-text.ts';
import { same } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import type { TcFilter } from '../../probe/lib/tc-filter.ts';
import type { Tc } from '../../probe/tc.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';
import { deleteFilter } from '../tc-filter.ts';

/** Where packets come in, and tc and protocols get them: before Linux 5.17 the kernel gives no reason, only this place. */
const COMES_IN = /^__netif_receive_skb_core/;

/** The filter of tc by which the kernel dropped the packet; undefined where nothing there would. */
function filterOf({ drop }: Journey, { ingress }: Tc): TcFilter | undefined {
  const atIngress =
    drop?.reason === 'TC_INGRESS' || (drop?.reason === undefined && COMES_IN.test(drop?.function ?? ''));
  return atIngress ? ingress.find((f) => f.dev === drop?.iif && f.actions.includes('drop')) : undefined;
}

/** A filter of tc throws packets away where they come in. */
export const ingressFilter = defineRule({
  id: 'ingress-filter',
  needs: ['tc'],
  causes: { 'tc-ingress-drop': { sources: [man('tc(8)'), man('tc-actions(8)')] } },
  judge: ({ tc }, scene) => {
    const found = new Map<TcFilter, Journey[]>();
    for (const journey of scene.journeys) {
      const filter = filterOf(journey, tc);
      if (filter) found.set(filter, [...(found.get(filter) ?? []), journey]);
    }
    return [...found].map(([filter, journeys]) => finding(filter, journeys, scene));
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

function finding(filter: TcFilter, journeys: readonly Journey[], scene: Scene): Finding {
  const { dev, protocol, pref, kind } = filter;
  const text = `filter ingress protocol ${protocol} pref ${pref} ${kind} action drop`;
  const flows = concerned(dev, journeys, scene);
  return {
    id: 'tc-ingress-drop',
    layer: 'link',
    title: {
      en: `A tc ingress filter on ${dev} drops the packets`,
      'zh-CN': `${dev} 上的 tc ingress 过滤器丢弃了数据包`,
    },
    says: {
      en: `${dev} has the tc filter “${text}”: what comes in by ${dev} is thrown away before any firewall chain sees it.`,
      'zh-CN': `${dev} 上有 tc 过滤器“${text}”：从 ${dev} 进入的数据包在任何防火墙链之前就被丢弃。`,
    },
    grade: 'traced',
    owner: 'administrator',
    evidence: [
      ...journeys.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
      fromFact('tc', same(`dev ${dev}: ${text}`)),
      ...someFlows(flows),
    ],
    fixes: deleteFilter(filter, 'ingress', { en: 'Delete it', 'zh-CN': '将其删除' }),
    explains: flows.map((f) => f.id),
  };
}
