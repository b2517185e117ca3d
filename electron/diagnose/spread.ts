import type { FlowResult } from '../../shared/flow.ts';
import { originKey } from '../flow/script.ts';
import { failed } from '../flow/telling.ts';
import type { Finding, Scene } from './rule.ts';

/**
 * Gives findings the flows that fail for the same reason but were not traced themselves: the same ends traced under
 * another name, names that could not be asked because their server is cut off, and flows of the same kind from the same
 * place that ended the same way.
 */
export function spread(findings: Finding[], scene: Scene): Finding[] {
  const explained = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const id of finding.explains) explained.set(id, [...(explained.get(id) ?? []), finding]);
  }
  for (const flow of scene.bad) {
    if (explained.has(flow.id)) continue;
    const twin = scene.bad.find((other) => explained.has(other.id) && failsWith(flow, other));
    for (const finding of twin ? (explained.get(twin.id) ?? []) : []) finding.explains.push(flow.id);
  }
  // what tells nothing by its failing alone, as a ping does, is explained where its packet was seen to die
  const fail = new Set(scene.flows.filter(failed).map(({ id }) => id));
  for (const finding of findings) finding.explains = finding.explains.filter((id) => fail.has(id));
  return findings;
}

function failsWith(flow: FlowResult, other: FlowResult): boolean {
  if (originKey(flow.from) !== originKey(other.from)) return false;
  if (flow.to.host === other.to.host && flow.to.port === other.to.port && flow.to.proto === other.to.proto)
    return true;
  if (askedInVain(flow)) return other.to.what === 'dns-server' && other.kind !== 'internet-udp';
  const outwards = (f: FlowResult) => f.kind.startsWith('internet-');
  return (
    outwards(flow) && outwards(other) && flow.outcome === other.outcome && flow.to.proto === other.to.proto
  );
}

/** A flow to a name that never got an address. */
export function askedInVain(flow: FlowResult): boolean {
  return flow.to.what.endsWith('-name') && flow.resolved === undefined;
}

/** Of these flows, those that failed for want of a name, and the questions to name servers themselves. */
export const lostForNames = (scene: Scene, which: (f: FlowResult) => boolean): FlowResult[] =>
  scene.bad.filter((f) => which(f) && (askedInVain(f) || f.kind === 'dns-server'));
