import { Destination, type FlowResult, type Origin } from './flow.ts';

/** Who reaches what: one row per destination, one column per origin. */
export interface FlowMatrix {
  origins: Origin[];
  rows: { to: Destination; cells: (FlowResult | undefined)[] }[];
}

function originKey(from: Origin): string {
  switch (from.where) {
    case 'container':
      return `container ${from.pid} ${from.network}`;
    case 'endpoint':
      return `endpoint ${from.network}`;
    default:
      return from.where;
  }
}

function destinationKey(to: Destination): string {
  return [to.what, to.proto, to.host, to.port, to.label].join('\n');
}

/** Where traffic starts, from the outside in. */
const STARTS: readonly Origin['where'][] = ['mac', 'guest', 'container', 'endpoint'];
const KINDS: readonly Destination['what'][] = Destination.shape.what.options;

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function byOrigin(a: Origin, b: Origin): number {
  const order = STARTS.indexOf(a.where) - STARTS.indexOf(b.where);
  const name = (from: Origin) => ('network' in from ? `${from.network} ${originKey(from)}` : '');
  return order || byText(name(a), name(b));
}

function byDestination(a: Destination, b: Destination): number {
  const order = KINDS.indexOf(a.what) - KINDS.indexOf(b.what);
  return (
    order ||
    byText(a.label, b.label) ||
    byText(a.proto, b.proto) ||
    byText(destinationKey(a), destinationKey(b))
  );
}

/** Lays a run's flows out as a matrix whose order does not depend on which answer came first. */
export function flowMatrix(flows: readonly FlowResult[]): FlowMatrix {
  const origins = new Map<string, Origin>();
  const rows = new Map<string, { to: Destination; cells: Map<string, FlowResult> }>();
  for (const flow of flows) {
    origins.set(originKey(flow.from), flow.from);
    const key = destinationKey(flow.to);
    const row = rows.get(key) ?? { to: flow.to, cells: new Map() };
    row.cells.set(originKey(flow.from), flow);
    rows.set(key, row);
  }
  const ordered = [...origins.values()].sort(byOrigin);
  return {
    origins: ordered,
    rows: [...rows.values()]
      .sort((a, b) => byDestination(a.to, b.to))
      .map(({ to, cells }) => ({ to, cells: ordered.map((from) => cells.get(originKey(from))) })),
  };
}

/** The flows that were tried and did not work, in the matrix's order. */
export function failedFlows(flows: readonly FlowResult[]): FlowResult[] {
  return flowMatrix(flows)
    .rows.flatMap((row) => row.cells)
    .filter((flow) => flow !== undefined)
    .filter((flow) => flow.outcome !== 'ok' && flow.outcome !== 'skipped');
}
