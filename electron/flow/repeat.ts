import type { FlowResult } from '../../shared/flow.ts';
import type { Guest } from '../connect/guest.ts';
import type { Planned } from './kind.ts';
import type { TryFromMac } from './mac.ts';
import { measureFlows } from './measure.ts';

/** Tries of each flow: with eight, what fails half of the time looks so in all but one of a hundred cases. */
const TRIES = 8;
/** Flows that are repeated; more of them say the same. */
const MAX_FLOWS = 2;

/**
 * Tries flows that work only sometimes again and again, all at once, and says how often they did, for the first few of
 * them. Nothing is said of those that could not be tried.
 */
export async function repeatFlows(
  guest: Guest,
  shaky: readonly Planned[],
  options: { hasBash: boolean; signal: AbortSignal; tryFromMac: TryFromMac },
): Promise<Map<string, NonNullable<FlowResult['tries']>>> {
  const chosen = shaky.slice(0, MAX_FLOWS);
  const copies = chosen.flatMap(({ spec, ...rest }) =>
    Array.from({ length: TRIES }, (_, i) => ({ ...rest, spec: { ...spec, id: `${spec.id} ${i + 1}` } })),
  );
  const results =
    copies.length === 0
      ? []
      : await measureFlows(guest, copies, {
          ...options,
          onResult: () => undefined,
          commandId: () => '',
        });
  return new Map(
    chosen.flatMap(({ spec: { id } }) => {
      const own = results.filter((r) => r.id.startsWith(`${id} `) && r.outcome !== 'skipped');
      if (own.length === 0) return [];
      return [[id, { ok: own.filter((r) => r.outcome === 'ok').length, of: own.length }] as const];
    }),
  );
}
