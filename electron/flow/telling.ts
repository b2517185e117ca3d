import type { FlowResult } from '../../shared/flow.ts';
import type { Journey } from '../../shared/trace.ts';

/** It was tried and did not work. */
export function failed(flow: FlowResult): boolean {
  return flow.outcome !== 'ok' && flow.outcome !== 'skipped';
}

/**
 * Does a failure of this flow mean that something is wrong? Echoes do not: NAT engines and firewalls treat ICMP in ways
 * of their own (firewalld's final reject lets it through; others swallow only it).
 */
export function isTelling(flow: FlowResult): boolean {
  switch (flow.kind) {
    // many a guest closes itself to containers on purpose
    case 'guest-service':
      return false;
    // the C library waits longer for a slow server than we do
    case 'program-name':
      return flow.outcome === 'name-not-found';
    // one who says that there is no such name, or no address of it, was reached, and answers
    case 'dns-server':
    case 'internet-udp':
      return flow.outcome !== 'name-not-found';
    // that nobody knows such a name is as it should be
    case 'searched-name':
      return flow.resolved !== undefined;
    // unless that is who was meant
    case 'searched-mate':
      return flow.resolved !== undefined && flow.resolved !== flow.to.behind?.host;
    default:
      return flow.to.proto !== 'icmp';
  }
}

/** Failed flows whose failure tells something; the guest's own services only where somebody's rule was seen to end it. */
export function badFlows(flows: readonly FlowResult[], journeys: readonly Journey[]): FlowResult[] {
  const byRule = new Set(journeys.flatMap((j) => (j.at && !j.at.policy ? [j.flowId] : [])));
  return flows.filter((f) => failed(f) && (isTelling(f) || (f.kind === 'guest-service' && byRule.has(f.id))));
}

/** Same traffic from the guest itself, which is what `--network=host` would do: the control. */
export function controlOf(flow: FlowResult, flows: readonly FlowResult[]): FlowResult | undefined {
  return flows.find(
    (f) =>
      f.from.where === 'guest' &&
      f.kind === flow.kind &&
      f.to.label === flow.to.label &&
      f.to.proto === flow.to.proto,
  );
}
