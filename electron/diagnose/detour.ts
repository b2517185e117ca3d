import type { Journey } from '../../shared/trace.ts';
import { ownerOf } from './owner.ts';
import { type Passed, passedBy } from './passed.ts';
import type { Scene } from './rule.ts';

const REDIRECTS = /\b(dnat|redirect|tproxy)\b|-j (DNAT|REDIRECT|TPROXY|NETMAP)\b/;

/** Does this rule lead packets elsewhere? Docker's own translation, to where the port was published, is no detour. */
export function isDetour({ text, place, verdict, stop }: Passed, { flowId }: Journey, scene: Scene): boolean {
  if (!REDIRECTS.test(text) || verdict === 'jump' || stop.hook === 'postrouting') return false;
  const behind = scene.flows.find(({ id }) => id === flowId)?.to.behind?.host;
  return ownerOf(place) !== 'docker' || (behind !== undefined && !text.includes(behind));
}

/**
 * Did a chain's policy end packets because a rule had led them to an address that no container has? For such a one nobody
 * made a rule that lets them through.
 */
export function isStray(journey: Journey, scene: Scene): boolean {
  const { direction, at, nat } = journey;
  const { docker } = scene.facts;
  if (direction !== 'request' || !at?.policy || !nat || !docker.ok) return false;
  const somebodys = docker.value.containers.some((c) => c.attachments.some(({ ip }) => ip === nat.dst));
  return !somebodys && passedBy(journey, scene.facts).some((passed) => isDetour(passed, journey, scene));
}
