import { dropText } from '../../shared/drop-text.ts';
import { same, type Text } from '../../shared/text.ts';
import type { Journey } from '../../shared/trace.ts';
import type { Containers } from '../probe/containers.ts';
import type { Interface } from '../probe/interfaces.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';
import { fromFact, fromJourney, someFlows } from './evidence.ts';
import { SEEN_AS } from './link-trouble.ts';
import type { Finding, Scene } from './rule.ts';
import { vethOf } from './veth.ts';

/** A container's place on its bridge: a port that passes nothing on, or not to everybody. */
export interface Place {
  container: DockerContainer;
  port: Interface;
  /** The hardware address that Docker gave the container there. */
  mac: string | null;
}

/** The ports of the containers that are on a bridge. */
export function placesOn(
  interfaces: readonly Interface[],
  docker: { containers: readonly DockerContainer[] },
  containers: Containers,
): Place[] {
  return docker.containers.flatMap((container) =>
    container.attachments.flatMap(({ network, mac }): Place[] => {
      const port = vethOf(container, network, interfaces, containers)?.port;
      return port?.master ? [{ container, port, mac }] : [];
    }),
  );
}

/** What is said of a port of a bridge, and how it is set right and back. */
interface Said {
  title: Text;
  says: Text;
  fact: string;
  /** What else the change brought about, and would outlive it, is undone as well: what was learned meanwhile. */
  fix: readonly [command: string, ...undo: string[]];
}

/** A port of a bridge that keeps packets back. `seen`: packets that the kernel's bridge was seen to throw away for it. */
export function portFinding(
  id: string,
  port: Interface,
  flows: Scene['bad'],
  said: Said,
  seen: readonly Journey[] = [],
): Finding {
  const [command, ...undo] = said.fix;
  return {
    id,
    layer: 'link',
    insteadOf: SEEN_AS,
    title: said.title,
    says: said.says,
    grade: seen.length > 0 ? 'traced' : 'inferred',
    owner: 'administrator',
    evidence: [
      ...seen.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
      fromFact(id === 'bridge-entry-wrong' ? 'bridges' : 'interfaces', same(said.fact)),
      ...someFlows(flows),
    ],
    fixes: [
      {
        title: { en: `Set ${port.name} right`, 'zh-CN': `修正 ${port.name}` },
        commands: [command],
        // a command that fails must not go unnoticed behind one that does not
        undo: [undo.join(' && ')],
        applies: 'at-once',
        trial: 'itself',
      },
    ],
    explains: flows.map((f) => f.id),
  };
}
