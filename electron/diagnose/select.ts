import type { FlowResult } from '../../shared/flow.ts';
import { originKey } from '../flow/script.ts';
import { failed } from '../flow/telling.ts';
import type { Interface } from '../probe/interfaces.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';
import type { Scene } from './rule.ts';

type Bad = Scene['bad'];

/** Traffic to the world outside: its addresses and names, and the servers that are asked for names. */
export function isOutwards({ kind, to }: FlowResult): boolean {
  return kind.startsWith('internet-') || to.what === 'dns-server';
}

/** The failing flows that start in this container or lead to it. */
export function touching(container: string, scene: Scene): Bad {
  return scene.bad.filter(({ from, to }) => startsIn(container, from) || to.container === container);
}

/** The running containers of which nothing fails. */
export function undisturbed({ facts, bad }: Scene): DockerContainer[] {
  const all = facts.docker.ok ? facts.docker.value.containers : [];
  return all.filter(
    ({ name, state }) => state === 'running' && !bad.some(({ from }) => startsIn(name, from)),
  );
}

/** Does a flow start in this very container? */
export function startsIn(container: string, from: FlowResult['from']): boolean {
  return from.where === 'container' && from.name === container;
}

/** The failing flows of which no packet was seen to die: at a rule, or by a word of the kernel. */
export function unseenDeaths(scene: Scene): Bad {
  const dead = new Set(scene.journeys.flatMap((j) => (j.at || j.drop ? [j.flowId] : [])));
  return scene.bad.filter(({ id }) => !dead.has(id));
}

/**
 * The failing flows that the way they are led can have swallowed: no packet of them was seen to die, or only as it was to
 * leave by the very device of that way, which has no carrier. So it is with a tunnel whose program is gone: the kernel drops
 * what is sent there, and says QDISC_DROP (seen on 6.1).
 * @param leads the device by which a flow leaves
 */
export function swallowed(
  scene: Scene,
  interfaces: readonly Interface[],
  leads: (flow: Bad[number]) => string | null | undefined,
): Bad {
  const unseen = new Set(unseenDeaths(scene));
  return scene.bad.filter((flow) => {
    if (unseen.has(flow)) return true;
    const dev = leads(flow);
    const deaths = scene.journeys.filter((j) => j.flowId === flow.id && (j.at || j.drop));
    return (
      interfaces.some(({ name, carrier }) => name === dev && !carrier) &&
      deaths.every(({ at, drop }) => !at && drop?.oif === dev)
    );
  });
}

/** Was anything of this kind tried from the guest itself, and did none of it work? */
export function guestFails(kind: string, scene: Scene): boolean {
  const own = scene.flows.filter((f) => f.from.where === 'guest' && f.kind === kind);
  return own.some(failed) && own.every((f) => f.outcome !== 'ok');
}

/** Does anything outside answer to where this flow starts? */
export function reachesOutside(flow: FlowResult, scene: Scene): boolean {
  return scene.flows.some(
    (f) => f.kind === 'internet-ip' && f.outcome === 'ok' && originKey(f.from) === originKey(flow.from),
  );
}
