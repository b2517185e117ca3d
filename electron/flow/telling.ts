import type { FlowResult } from '../../shared/flow.ts';

/** It was tried and did not work. */
export function failed(flow: FlowResult): boolean {
  return flow.outcome !== 'ok' && flow.outcome !== 'skipped';
}

/**
 * Does a failure of this flow mean that something is wrong? Echoes do not: NAT engines and firewalls treat ICMP in ways
 * of their own (firewalld's final reject lets it through; others swallow only it).
 */
export function isTelling(flow: FlowResult): boolean {
  return flow.to.proto !== 'icmp';
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
