import type { Verdict } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import type { Text } from '../../shared/text.ts';

/** The verdict after a fix: `fixed` where all that failed works; undefined where it stays as it was. */
export function fixedVerdict(
  bad: readonly FlowResult[],
  after: readonly FlowResult[],
): { verdict: Verdict; says: Text } | undefined {
  const works = (id: string) => after.some((flow) => flow.id === id && flow.outcome === 'ok');
  if (bad.length === 0 || !bad.every(({ id }) => works(id))) return undefined;
  const n = bad.length;
  return {
    verdict: 'fixed',
    says: {
      en: n === 1 ? 'Fixed: the flow that failed works now.' : `Fixed: all ${n} flows that failed work now.`,
      'zh-CN': `已修复：此前失败的 ${n} 条流量现在全部正常。`,
    },
  };
}
