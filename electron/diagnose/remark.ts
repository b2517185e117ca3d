import type { EventOf } from '../../shared/run.ts';
import type { Scene } from './rule.ts';

/** What is so and accuses nobody, but may be what hurts. */
export type Remark = Pick<EventOf<'remark'>, 'code' | 'says' | 'next' | 'source'>;

/** When the guest was looked at, in seconds since 1970 by this computer's clock. */
export interface LookedAt {
  from: number;
  to: number;
}

/** Looks at a scene for one thing to remark; `lookedAt` is absent where nobody knows, as of a recording. */
export type Remarker = (scene: Scene, lookedAt: LookedAt | undefined) => Remark[];
