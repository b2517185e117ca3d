import type { Evidence } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { same, type Text } from '../../shared/text.ts';
import type { Journey } from '../../shared/trace.ts';
import { originLabel } from '../flow/kind.ts';
import type { ProbeId } from '../probe/registry.ts';

/** Evidence that a probe gave. */
export function fromFact(ref: ProbeId, says: Text): Evidence {
  return { kind: 'fact', ref, says };
}

const OUTCOMES: Record<FlowResult['outcome'], Text> = {
  ok: { en: 'works', 'zh-CN': '正常' },
  refused: { en: 'is refused', 'zh-CN': '被拒绝连接' },
  timeout: { en: 'gets no answer', 'zh-CN': '没有回应' },
  unreachable: { en: 'is unreachable', 'zh-CN': '不可达' },
  prohibited: { en: 'is prohibited', 'zh-CN': '被禁止' },
  'name-not-found': { en: 'finds no such name', 'zh-CN': '找不到该名称' },
  reset: { en: 'is cut off', 'zh-CN': '连接被重置' },
  'stalls-when-large': { en: 'stalls when the answer is large', 'zh-CN': '应答较大时停滞' },
  skipped: { en: 'was not tried', 'zh-CN': '未尝试' },
};

/** Evidence that a flow gave: who reaches what, and how that ended. */
export function fromFlow(flow: FlowResult): Evidence {
  const ends = `${originLabel(flow.from)} → ${flow.to.label}${flow.to.proto === 'tcp' ? '' : `/${flow.to.proto}`}`;
  const outcome = OUTCOMES[flow.outcome];
  return {
    kind: 'flow',
    ref: flow.id,
    says: { en: `${ends} ${outcome.en}`, 'zh-CN': `${ends} ${outcome['zh-CN']}` },
  };
}

/** Evidence that a traced packet gave. */
export function fromJourney(journey: Journey, says: Text = same(journey.at?.rule ?? journey.end)): Evidence {
  return { kind: 'journey', ref: journey.id, says };
}

/** The first few of many flows as evidence: each place once. */
export function someFlows(flows: readonly FlowResult[]): Evidence[] {
  const seen = new Set<string>();
  return flows
    .filter((f) => {
      const key = `${originLabel(f.from)} ${f.kind}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, 4)
    .map(fromFlow);
}
