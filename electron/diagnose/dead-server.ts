import ipaddr from 'ipaddr.js';
import type { FlowResult } from '../../shared/flow.ts';
import type { Text } from '../../shared/text.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { Scene } from './rule.ts';
import { guestFails, reachesOutside } from './select.ts';

/** Questions that no name server answered, by who is to blame for the choice of the server. */
export interface DeadServers {
  /** The VM's own, while it reaches the internet: containers, which are given the same one, follow from it. */
  fromGuest: FlowResult[];
  /** Of containers that reach the internet, where the VM's own is not to blame. */
  fromContainers: FlowResult[];
}

/** Name servers that are silent by themselves: no rule is known to have dropped the question, and others can be reached. */
export function deadServers(scene: Scene): DeadServers {
  const died = new Set(scene.journeys.flatMap((j) => (j.at ? [j.flowId] : [])));
  const dead = scene.bad.filter((f) => f.kind === 'dns-server' && f.to.proto === 'udp' && !died.has(f.id));
  const fromGuest = dead.filter((f) => f.from.where === 'guest');
  if (fromGuest.length > 0 && !guestFails('internet-ip', scene)) return { fromGuest, fromContainers: [] };
  const fromContainers = dead.filter(
    (f) => f.from.where === 'container' && f.to.host !== EMBEDDED_DNS && reachesOutside(f, scene),
  );
  return { fromGuest: [], fromContainers };
}

/** Is the server that it asks named by an IPv6 address? */
export const isSix = ({ to }: FlowResult) => ipaddr.IPv6.isValid(to.host);

/** Said of servers with IPv6 addresses to which nothing can even be sent. */
export function noWay(dead: readonly FlowResult[]): Text {
  return dead.every((f) => isSix(f) && f.outcome === 'unreachable')
    ? { en: ', for no IPv6 route leads there', 'zh-CN': '，因为没有通往那里的 IPv6 路由' }
    : { en: '', 'zh-CN': '' };
}

/** VirtualBox NAT's name server is the third address of its network. */
export function natServer(scene: Scene): string | undefined {
  const gateway = scene.world.guestGateway;
  if (!gateway || !ipaddr.IPv4.isValid(gateway)) return undefined;
  const bytes = ipaddr.IPv4.parse(gateway).octets;
  return [...bytes.slice(0, 3), (bytes[3] ?? 0) + 1].join('.');
}
