import type { Journey } from '../../shared/trace.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { FactValue } from '../probe/registry.ts';
import { defaultRoute } from '../probe/routes.ts';
import type { KnownPacket } from '../trace/rule-parts.ts';
import { addressOf } from './address-of.ts';
import { bridgeOf, leavesItsBridge, meetsVm } from './paths.ts';
import type { Scene } from './rule.ts';
import { isOutwards, startsIn } from './select.ts';
import { vethOf } from './veth.ts';

type Flow = Scene['flows'][number];

/** How one packet of a flow passes a device of the VM: a question or an answer, coming in there or leaving. */
export interface Passage {
  direction: 'request' | 'reply';
  end: 'ingress' | 'egress';
  packet: KnownPacket;
}

interface Known {
  docker: FactValue<'docker'>;
  containers: FactValue<'containers'>;
  interfaces: FactValue<'interfaces'>;
  routes: FactValue<'routes'>;
}

/** Tells how a flow passes a device: a container's port, a bridge, the way out; not at all for what passes elsewhere. */
export function passagesAt(device: string, known: Known, scene: Scene): (flow: Flow) => Passage[] {
  const { docker, containers, interfaces } = known;
  const owner = docker.containers.find((container) =>
    container.attachments.some(
      ({ network }) => vethOf(container, network, interfaces, containers)?.port?.name === device,
    ),
  )?.name;
  const bridge = docker.networks.some((n) => n.bridge === device);
  const uplink = defaultRoute(known.routes)?.dev === device;
  return (flow) => {
    const inside = packetOf(flow, known, scene);
    if (owner !== undefined) {
      if (startsIn(owner, flow.from)) return both('ingress', inside);
      return flow.to.container === owner ? both('egress', inside) : [];
    }
    if (bridge) {
      if (!meetsVm(flow, device, scene)) return [];
      const within = flow.from.where === 'container' || flow.from.where === 'endpoint';
      return both(within ? 'ingress' : 'egress', inside);
    }
    if (!uplink) return [];
    // outside, the VM's own address stands for its containers'
    const [own] = scene.world.guestAddresses;
    if (flow.from.where === 'mac') return both('ingress', { ...inside, dst: own, dport: undefined });
    const out = flow.from.where === 'guest' ? isOutwards(flow) : leavesItsBridge(flow, scene);
    if (!out) return [];
    // Docker's name server hands the question on, to a server that is not known here
    if (flow.to.host === EMBEDDED_DNS) return both('egress', { ...inside, src: own, dst: undefined });
    return flow.to.host.startsWith('127.') ? [] : both('egress', { ...inside, src: own });
  };
}

/** Did packets go to and fro? docker-proxy and the embedded name server answer from elsewhere. */
export function worked({ outcome, to }: Flow): boolean {
  return outcome === 'ok' && !to.host.startsWith('127.');
}

/** Where a packet that a bridge's own port let in would be seen next. */
const AFTER_BRIDGE = new Set(['forward', 'input', 'postrouting']);
/** What becomes of a packet that was led elsewhere, or of a copy: its death there is no other cause. */
const ELSEWHERE = /^(OTHERHOST|TC_INGRESS|TC_EGRESS)$/;

/**
 * Does a packet's journey say that it was not what stands at its device? It died of something else; or, where packets are led
 * elsewhere, it was seen, or died, behind that place. Of those that are dropped, or changed, others may have come through.
 */
export function contradicts(
  journey: Journey,
  how: 'drops' | 'diverts' | 'changes',
  passage: Passage,
  device: string,
  bridge: boolean,
): boolean {
  return journey.at !== undefined || (how === 'diverts' && seenBehind(journey, passage, device, bridge));
}

function seenBehind(
  { drop, direction, stops }: Journey,
  passage: Passage,
  device: string,
  bridge: boolean,
): boolean {
  if (drop?.iif === device && !ELSEWHERE.test(drop.reason ?? '')) return true;
  if (direction !== passage.direction || passage.end === 'egress') return false;
  return bridge ? stops.some(({ hook }) => AFTER_BRIDGE.has(hook)) : stops.length > 0;
}

function both(end: Passage['end'], packet: KnownPacket): Passage[] {
  const { proto, src, dst, sport, dport } = packet;
  return [
    { direction: 'request', end, packet },
    {
      direction: 'reply',
      end: end === 'ingress' ? 'egress' : 'ingress',
      packet: { proto, src: dst, dst: src, sport: dport, dport: sport },
    },
  ];
}

/** A flow's question as its container sees it. */
function packetOf(flow: Flow, known: Known, scene: Scene): KnownPacket {
  const { proto, port, container } = flow.to;
  const target = known.docker.containers.find((c) => c.name === container)?.attachments.find((a) => a.ip)?.ip;
  const own = flow.from.where === 'guest' ? ownAddress(flow, known, scene) : undefined;
  return {
    proto,
    src: 'address' in flow.from ? flow.from.address : own,
    dst: target ?? addressOf(flow),
    dport: flow.to.behind?.port ?? port,
  };
}

/** The address that the VM speaks from: to its containers that of their bridge, save to a port of its own that leads to them. */
function ownAddress(flow: Flow, { interfaces }: Known, scene: Scene): string | undefined {
  const { guestAddresses } = scene.world;
  if (flow.to.container === undefined) return guestAddresses[0];
  if (guestAddresses.includes(flow.to.host)) return flow.to.host;
  const bridge = interfaces.find(({ name }) => name === bridgeOf(flow, scene));
  return bridge?.addresses.find(({ family }) => family === 4)?.address;
}
