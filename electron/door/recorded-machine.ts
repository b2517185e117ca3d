import { z } from 'zod';
import { FlowResult } from '../../shared/flow.ts';
import { NatDns } from '../../shared/nat-dns.ts';
import type { Target } from '../../shared/target.ts';
import type { TryFromMac } from '../flow/mac.ts';
import { parseTarget } from '../flow/targets.ts';
import type { Forward } from '../flow/world.ts';

/** What a recording keeps beside the guest's answers: what was asked for, and what was tried from the Mac. */
const RecordedMachine = z.looseObject({
  id: z.string(),
  name: z.string(),
  targets: z.array(z.string()).min(1),
  forwards: z
    .array(z.strictObject({ host: z.string(), hostPort: z.number().int(), guestPort: z.number().int() }))
    .default([]),
  /** Every try of a flow from the Mac, in order. */
  fromMac: z.array(FlowResult).default([]),
  natDns: z.array(NatDns).optional(),
});

interface Observed {
  id: string;
  name: string;
  targets: readonly Target[];
  forwards: readonly Forward[];
  /** May still grow while the run goes on. */
  fromMac: FlowResult[];
  natDns?: readonly NatDns[] | undefined;
}

/** The machine's entry for a recording's head. */
export function machineForRecording({ id, name, targets, forwards, fromMac, natDns }: Observed) {
  const urls = targets.map((target) => target.url);
  const said = natDns && { natDns: [...natDns] };
  return { id, name, targets: urls, forwards: [...forwards], fromMac, ...said } satisfies z.infer<
    typeof RecordedMachine
  >;
}

/** Reads the entry back; undefined when the recording's head has none that can be used. */
export function machineOfRecording(machine: unknown): (Observed & { targets: Target[] }) | undefined {
  const parsed = RecordedMachine.safeParse(machine);
  if (!parsed.success) return undefined;
  return { ...parsed.data, targets: parsed.data.targets.map(parseTarget) };
}

/** Answers tries from the Mac as they were answered then, each flow's in its order. */
export function replayFromMac(recorded: readonly FlowResult[]): TryFromMac {
  const left = [...recorded];
  return async (spec) => {
    const at = left.findIndex((result) => result.id === spec.id);
    const [result] = at < 0 ? [] : left.splice(at, 1);
    return result ?? { ...spec, outcome: 'skipped', ms: 0, detail: '', saying: 'not-recorded' };
  };
}
