import type { FlowSpec } from '../../shared/flow.ts';
import type { Journey, Suspect, Unseen } from '../../shared/trace.ts';
import type { Ruleset } from '../probe/lib/nft-model.ts';
import type { Facts } from '../probe/registry.ts';
import { RAW_PRIORITY } from './chains.ts';
import { bare } from './drops/attach.ts';
import { type Chain, canEnd, chainsOf } from './ending-chains.ts';
import type { Traced } from './journeys.ts';

type Known = Pick<Facts, 'ruleset' | 'iptables' | 'tc' | 'interfaces' | 'containers' | 'sysctls'>;

/** What a filter of traffic control does that lets packets go on; anything else may end or divert them. */
const GOES_ON = new Set(['pass', 'ok', 'pipe', 'continue', 'reclassify']);
/** Where a bridge hands packets to ip's own hooks (NF_BR_PRI_BRNF), if br_netfilter does that. */
const BRIDGE_HANDS_OVER = 0;

/**
 * The journeys with what stands before the tracer's first place, for the flows of which no place of it saw a packet: one
 * for each lost flow that has none yet, where anything stands there; and to those that have no stop and no other word.
 * `since`: the priority of that place, undefined for the very first. Nothing is claimed: these are what is left to suspect.
 */
export function withUnseen(
  journeys: readonly Journey[],
  lost: readonly Traced[],
  facts: Known,
  since: number | undefined,
): Journey[] {
  const flowOf = (id: string) => lost.find(({ spec }) => spec.id === id);
  const told = journeys.map((journey): Journey => {
    const flow = flowOf(journey.flowId);
    const silent = journey.end === 'lost' && journey.stops.length === 0 && journey.drop === undefined;
    return flow && silent ? { ...journey, unseen: before(flow, facts, since) } : journey;
  });
  const added = lost.flatMap((flow): Journey[] => {
    const [src] = flow.sources;
    const [dst] = flow.destinations;
    if (src === undefined || dst === undefined || journeys.some((j) => j.flowId === flow.spec.id)) return [];
    const unseen = before(flow, facts, since);
    if (unseen.chains.length + unseen.inside.length + unseen.filters.length === 0) return [];
    return [{ ...bare(flow, { src, dst }), unseen }];
  });
  return [...told, ...added];
}

function before({ spec, sources }: Traced, facts: Known, since: number | undefined): Unseen {
  const hook = spec.from.where === 'guest' ? 'output' : 'prerouting';
  const way = devicesOf(spec.from, sources, facts);
  const device = way[0];
  return {
    since: { hook, ...(since === undefined ? {} : { priority: since }) },
    ...(device === undefined ? {} : { device }),
    chains: chainsBefore(hook, way, facts, since),
    inside: chainsInside(spec.from, facts),
    filters: filtersAt(way, facts),
  };
}

/** The devices through which packets from there come in, the first first: a container's port of its bridge, and the bridge. */
function devicesOf(from: FlowSpec['from'], sources: readonly string[], facts: Known): string[] {
  const all = facts.interfaces.ok ? facts.interfaces.value : [];
  switch (from.where) {
    case 'guest':
      return [];
    case 'endpoint':
      return [from.bridge];
    case 'mac':
      return all.filter((i) => i.kind === '' && i.name !== 'lo').map(({ name }) => name);
    case 'container': {
      const ends = insideOf(from, facts)?.interfaces ?? [];
      const end = ends.find(({ addresses }) => addresses.some(({ address }) => sources.includes(address)));
      const port = end?.peerIndex == null ? undefined : all.find(({ index }) => index === end.peerIndex);
      return [port?.name, port?.master].filter((name) => typeof name === 'string');
    }
  }
}

/** The network namespace of a container that a flow starts from. */
function insideOf(from: FlowSpec['from'], { containers }: Known) {
  if (from.where !== 'container' || !containers.ok) return undefined;
  const { namespaces, containers: all } = containers.value;
  const inode = all.find(({ pid }) => pid === from.pid)?.netns;
  return namespaces.find((one) => one.inode === inode);
}

function suspect({ family, table, chain, legacy }: Chain, base: NonNullable<Chain['base']>): Suspect {
  const { hook, priority } = base;
  return { family, table, chain, hook, priority, ...(legacy ? { legacy } : {}) };
}

function chainsBefore(hook: string, way: string[], facts: Known, since: number | undefined): Suspect[] {
  const chains = chainsOf(facts, ['ip', 'inet', 'netdev', 'bridge']) ?? [];
  const handsOver = facts.sysctls.ok && facts.sysctls.value['net.bridge.bridge-nf-call-iptables'] === '1';
  const isBefore = ({ family, table, base, devices = [] }: Chain): boolean => {
    if (!base) return false;
    if (base.hook === 'ingress') return devices.some((name) => way.includes(name));
    if (family === 'bridge')
      return (
        way.length > 0 && base.hook === 'prerouting' && (!handsOver || base.priority < BRIDGE_HANDS_OVER)
      );
    if (base.hook !== hook || since === undefined) return false;
    // of chains with the same priority nobody knows which comes first; iptables' raw table is where the tracer is
    const own = family === 'ip' && table === 'raw' && since === RAW_PRIORITY;
    return base.priority < since || (base.priority === since && !own);
  };
  const found = chains.filter((chain) => isBefore(chain) && canEnd(chain, chains));
  const suspects = found.flatMap((chain) => (chain.base ? [suspect(chain, chain.base)] : []));
  const order = ({ hook: at, family }: Suspect) => (at === 'ingress' ? 0 : family === 'bridge' ? 1 : 2);
  return suspects.sort((a, b) => order(a) - order(b) || a.priority - b.priority);
}

/** Chains of the container's own namespace that its packets meet on their way out. */
function chainsInside(from: FlowSpec['from'], facts: Known): Suspect[] {
  const ruleset: Ruleset | null | undefined = insideOf(from, facts)?.ruleset;
  // the text is asked for only where something in there drops or rejects (containers-script.ts)
  if (!ruleset?.chains.some(({ rules }) => rules.some(({ text }) => text !== ''))) return [];
  const inside = { ruleset: { ok: true, value: ruleset, commandId: '' } as const, iptables: facts.iptables };
  const chains = chainsOf(inside)?.filter(({ legacy }) => legacy === undefined) ?? [];
  return chains
    .filter(({ base }) => base !== undefined && ['output', 'postrouting', 'egress'].includes(base.hook))
    .filter((chain) => canEnd(chain, chains))
    .flatMap((chain) => (chain.base ? [suspect(chain, chain.base)] : []));
}

/** What stands at the devices themselves: XDP programs first, then filters of traffic control. */
function filtersAt(way: readonly string[], { tc, interfaces }: Known): Unseen['filters'] {
  const programs = (interfaces.ok ? interfaces.value : [])
    .filter(({ name, xdp }) => way.includes(name) && xdp !== null)
    .map(({ name, xdp }) => ({ device: name, text: `XDP program ${xdp}` }));
  const filters = (tc.ok ? tc.value.ingress : [])
    .filter(
      ({ dev, actions }) =>
        way.includes(dev) && !(actions.length > 0 && actions.every((a) => GOES_ON.has(a))),
    )
    .map(({ dev, protocol, pref, kind, actions }) => ({
      device: dev,
      text: `tc ingress protocol ${protocol} pref ${pref} ${kind} ${actions.join(' ')}`.trim(),
    }));
  return [...programs, ...filters];
}
