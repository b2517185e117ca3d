import type { FlowResult } from '../../shared/flow.ts';
import type { PolicyRule, Route, Routes } from '../probe/routes.ts';
import { sentTo } from './address-of.ts';
import { linkTaken } from './link-taken.ts';
import { type Passed, passedBy } from './passed.ts';
import { bridgeOf } from './paths.ts';
import { lookUp } from './routing.ts';
import type { Scene } from './rule.ts';

/** Where the guest leads a flow. */
export interface Led {
  route: Route;
  /** The policy rule that chose the table, or bars the way itself. */
  rule: PolicyRule;
  /** The rule that gave the packets the mark which the policy rule asks for. */
  marks?: Passed;
}

/** Which way the guest's routing tables lead a flow's packets: by their ends, the bridge they come in by, and their mark. */
export function routeOf(flow: FlowResult, routes: Routes, scene: Scene): Led | undefined {
  const destination = sentTo(flow, scene.world);
  if (destination === undefined) return undefined;
  // a socket's route is looked up once more when it has an address, so rules for that apply to the guest itself, too
  const source = sourceOf(flow, scene);
  // what rules a packet met is work to find out, and most machines ask for no mark
  const marked = routes.rules.some(({ fwmark }) => fwmark !== null) ? markOf(flow, scene) : undefined;
  const mark = marked?.mark ?? 0;
  const { proto, port: dport } = flow.to;
  const sport = scene.journeys.find((j) => j.flowId === flow.id && j.direction === 'request')?.packet.sport;
  const iif = bridgeOf(flow, scene) ?? 'lo';
  const found = lookUp(routes, { source, destination, iif, mark, proto, sport, dport });
  return found && { ...found, ...(marked && found.rule.fwmark !== null ? { marks: marked.by } : {}) };
}

function sourceOf(flow: FlowResult, scene: Scene): string | undefined {
  if (flow.from.where === 'container') return linkTaken(flow, flow.from, scene).address;
  return flow.from.where === 'endpoint' ? flow.from.address : scene.world.guestAddresses[0];
}

/** `-j MARK --set-xmark 0x77/0xffffffff`, `meta mark set 0x00000077`. */
const SETS_MARK = /(?:--set-x?mark |\bmeta mark set )(0x[\da-f]+|\d+)(?:\/(0x[\da-f]+))?(?= |$)/;

/** The mark with which a flow's packets come to the look-up of their route, as far as the rules that they met say. */
function markOf({ id }: FlowResult, { journeys, facts }: Scene): { mark: number; by: Passed } | undefined {
  const request = journeys.find((j) => j.flowId === id && j.direction === 'request');
  let marked: { mark: number; by: Passed } | undefined;
  for (const by of request ? passedBy(request, facts) : []) {
    if (by.stop.hook !== 'prerouting' && by.stop.hook !== 'output') continue;
    const [, value, mask = '0xffffffff'] = SETS_MARK.exec(by.text) ?? [];
    if (value === undefined) continue;
    const kept = (marked?.mark ?? 0) & ~Number(mask);
    marked = { mark: (kept ^ Number(value)) >>> 0, by };
  }
  return marked;
}
