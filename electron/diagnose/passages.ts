import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { FactValue } from '../probe/registry.ts';
import { defaultRoute } from '../probe/routes.ts';
import { addressOf, leavesItsBridge, meetsVm } from './paths.ts';
import type { Scene } from './rule.ts';
import { isOutwards, startsIn } from './select.ts';
import type { KnownPacket } from './tc-match.ts';
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
      return both(flow.from.where === 'container' ? 'ingress' : 'egress', inside);
    }
    if (!uplink) return [];
    // outside, the VM's own address stands for its containers'
    const [own] = scene.world.guestAddresses;
    if (flow.from.where === 'mac') return both('ingress', { ...inside, dst: own, dport: undefined });
    const out = flow.from.where === 'guest' ? isOutwards(flow) : leavesItsBridge(flow, scene);
    return out && flow.to.host !== EMBEDDED_DNS && !flow.to.host.startsWith('127.')
      ? both('egress', { ...inside, src: own })
      : [];
  };
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
function packetOf(flow: Flow, { docker }: Known, { world }: Scene): KnownPacket {
  const { proto, port, container } = flow.to;
  const target = docker.containers.find((c) => c.name === container)?.attachments.find((a) => a.ip)?.ip;
  // to its containers, the VM speaks from the address of their bridge
  const own = flow.from.where === 'guest' && container === undefined ? world.guestAddresses[0] : undefined;
  return {
    proto,
    src: 'address' in flow.from ? flow.from.address : own,
    dst: target ?? addressOf(flow),
    dport: flow.to.behind?.port ?? port,
  };
}
