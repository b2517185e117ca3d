import { dropText } from '../../../shared/drop-text.ts';
import { same, type Text } from '../../../shared/text.ts';
import type { TcFilter } from '../../probe/lib/tc-filter.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { contradicts, passagesAt, worked } from '../passages.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man } from '../sources.ts';
import { deleteFilter, type End, filterText } from '../tc-filter.ts';
import { type Harm, harmOf } from '../tc-harm.ts';
import { deciding } from '../tc-match.ts';

interface Case {
  filter: TcFilter;
  end: End;
  harm: Harm;
  flows: Scene['bad'];
}

/** A filter of tc that drops nothing, but sends packets elsewhere or changes them so that they are lost. */
export const divertingFilter = defineRule({
  id: 'diverting-filter',
  needs: ['tc', 'docker', 'containers', 'interfaces', 'routes'],
  causes: {
    'tc-filter-diverts': { sources: [man('tc-mirred(8)'), man('tc(8)')] },
    'tc-filter-changes': { sources: [man('tc-pedit(8)'), man('tc-csum(8)'), man('tc-nat(8)')] },
  },
  judge: (facts, scene) => {
    const { tc, interfaces } = facts;
    const devices = new Set([...tc.ingress, ...tc.egress].map(({ dev }) => dev));
    return [...devices].flatMap((device) => {
      const passages = passagesAt(device, facts, scene);
      const bridge = interfaces.some((i) => i.name === device && i.kind === 'bridge');
      const at = { ingress: on(tc.ingress, device), egress: on(tc.egress, device) };
      /** The filters that lose packets of this flow, for all that they say. */
      const losing = (flow: Scene['bad'][number]) =>
        passages(flow).flatMap((passage) => {
          const filter = deciding(at[passage.end], passage.packet);
          const harm = filter && harmOf(filter, passage.packet, interfaces);
          return filter && harm ? [{ filter, harm, passage }] : [];
        });
      const acquitted = new Set(
        scene.flows.filter(worked).flatMap((flow) => losing(flow).map(({ filter }) => filter)),
      );
      const cases = new Map<TcFilter, Case>();
      for (const flow of scene.bad)
        for (const { filter, harm, passage } of losing(flow)) {
          const journeys = scene.journeys.filter((j) => j.flowId === flow.id);
          if (
            acquitted.has(filter) ||
            journeys.some((j) => contradicts(j, harm.how, passage, device, bridge))
          )
            continue;
          const known = cases.get(filter) ?? { filter, end: passage.end, harm, flows: [] };
          cases.set(filter, { ...known, flows: [...new Set([...known.flows, flow])] });
        }
      return [...cases.values()].map((one) => {
        const alone = at[one.end].filter(({ pref }) => pref === one.filter.pref).length === 1;
        return finding(one, alone, scene);
      });
    });
  },
});

const on = (filters: readonly TcFilter[], device: string) => filters.filter(({ dev }) => dev === device);

function finding({ filter, end, harm, flows }: Case, alone: boolean, scene: Scene): Finding {
  const { dev } = filter;
  const text = filterText(filter, end);
  const seen = scene.journeys.filter(
    (j) => harm.how === 'changes' && j.drop && flows.some((f) => f.id === j.flowId),
  );
  const where: Text =
    end === 'ingress'
      ? { en: `what comes in by ${dev}`, 'zh-CN': `从 ${dev} 进入的数据包` }
      : { en: `what leaves by ${dev}`, 'zh-CN': `从 ${dev} 发出的数据包` };
  const title: Text =
    harm.how === 'diverts'
      ? {
          en: `A tc filter on ${dev} takes the packets and ${harm.says.en}`,
          'zh-CN': `${dev} 上的 tc 过滤器取走数据包，并${harm.says['zh-CN']}`,
        }
      : {
          en: `A tc filter on ${dev} changes the packets so that they are lost: it ${harm.says.en}`,
          'zh-CN': `${dev} 上的 tc 过滤器修改了数据包，使其丢失：它${harm.says['zh-CN']}`,
        };
  const removal: Text = { en: 'Delete the filter', 'zh-CN': '删除该过滤器' };
  const fixes = alone ? deleteFilter(filter, end, removal) : [];
  return {
    id: harm.how === 'diverts' ? 'tc-filter-diverts' : 'tc-filter-changes',
    layer: 'link',
    insteadOf: [...SEEN_AS, 'machine-offline', 'ttl-runs-out', 'container-ttl-low'],
    title,
    says: {
      en: `${dev} has a filter of traffic control that takes ${where.en} and ${harm.says.en}: ${text}. It acts outside of every chain that iptables knows and drops nothing itself, so that no firewall and no counter of drops shows it; all that fails so passes there, and nothing of it works.`,
      'zh-CN': `${dev} 上有流量控制（tc）过滤器，它处理${where['zh-CN']}，${harm.says['zh-CN']}：${text}。它在 iptables 所知的所有链之外起作用，自身并不丢弃任何数据包，因此防火墙和丢包计数器都看不到它；失败的流量都经过该处，且无一成功。`,
    },
    grade: seen.length > 0 ? 'traced' : 'inferred',
    owner: 'administrator',
    evidence: [
      ...seen.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
      fromFact('tc', same(text)),
      ...someFlows(flows),
    ],
    fixes: fixes.length > 0 ? fixes : [told(filter, end, removal)],
    explains: flows.map((f) => f.id),
  };
}

/** For what could not be put back to the letter. */
function told({ dev, pref }: TcFilter, end: End, title: Text): Finding['fixes'][number] {
  return {
    title,
    commands: [`tc filter del dev ${dev} ${end} pref ${pref}`],
    undo: [],
    applies: 'told',
    warning: {
      en: `Note first what it is, to set it again: tc filter show dev ${dev} ${end}.`,
      'zh-CN': `请先记下它的内容，以便重新设置：tc filter show dev ${dev} ${end}。`,
    },
  };
}
