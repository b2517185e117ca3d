import type { FlowResult } from '../../shared/flow.ts';
import { addressOf } from './address-of.ts';

/** Where in a container a flow is to arrive. */
export interface Door {
  host: string;
  port: number;
}

/** The address and port in the container: behind a published port, or the flow's own. */
export function doorOf(flow: FlowResult): Door | undefined {
  const { what, behind, port } = flow.to;
  if (what === 'published-port') return behind;
  const host = addressOf(flow);
  return host === undefined ? undefined : { host, port };
}
