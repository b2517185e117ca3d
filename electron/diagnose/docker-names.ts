import type { FlowResult } from '../../shared/flow.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { Scene } from './rule.ts';
import { startsIn, unseenDeaths } from './select.ts';
import { askedInVain } from './spread.ts';

/** Questions over UDP to Docker's own name server that failed, and of which no packet was seen to die. */
export function unansweredByDocker(scene: Scene): FlowResult[] {
  return unseenDeaths(scene).filter((f) => f.to.host === EMBEDDED_DNS && f.to.proto === 'udp');
}

/** What fails in a container whose names Docker is asked for: the questions, and whatever never got an address. */
export function lostForDockerNames(container: string, scene: Scene): FlowResult[] {
  return scene.bad.filter(
    (f) => startsIn(container, f.from) && (askedInVain(f) || f.to.host === EMBEDDED_DNS),
  );
}
