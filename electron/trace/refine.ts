import type { FlowResult } from '../../shared/flow.ts';
import type { Journey } from '../../shared/trace.ts';
import { failed } from '../flow/telling.ts';

/** What ICMP says where somebody forbade it on purpose, in nft's words; connect() calls all of it "No route to host". */
const PROHIBITED = /prohibited/;

/**
 * Corrects measured flows by what the trace showed: `prohibited` where the rejecting rule or the ICMP error says so; a
 * flow that failed and then worked untouched by any rule was slow, not broken, and counts as working; one that worked the
 * second time though a packet of it was dropped keeps failing, with how often it worked. Flows that stay as they are
 * come back as the same object.
 */
export function refine(
  flows: readonly FlowResult[],
  again: readonly FlowResult[],
  journeys: readonly Journey[],
): FlowResult[] {
  return flows.map((flow) => {
    if (!failed(flow)) return flow;
    const own = journeys.filter((j) => j.flowId === flow.id);
    const second = again.find((f) => f.id === flow.id);
    const died = own.some((j) => j.at !== undefined);
    if (second?.outcome === 'ok') {
      const tries = { ok: 1, of: 2 };
      return died ? { ...flow, tries } : { ...second, tries };
    }
    const forbidden = own.some(
      (j) => PROHIBITED.test(j.icmpError ?? '') || PROHIBITED.test(j.at?.rule ?? ''),
    );
    return forbidden && flow.outcome === 'unreachable' ? { ...flow, outcome: 'prohibited' } : flow;
  });
}
