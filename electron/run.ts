import type { Verdict } from '../shared/cause.ts';
import type { FlowResult } from '../shared/flow.ts';
import type { Focus } from '../shared/focus.ts';
import type { NatDns } from '../shared/nat-dns.ts';
import type { RemedyOrder } from '../shared/remedy.ts';
import type { Run, RunEvent } from '../shared/run.ts';
import type { Target } from '../shared/target.ts';
import type { Text } from '../shared/text.ts';
import type { Surface } from '../shared/trouble-text.ts';
import type { VmNote } from '../shared/vm-note.ts';
import type { Answer, Guest } from './connect/guest.ts';
import type { Diagnosis } from './diagnose/diagnose.ts';
import { diagnoseScene } from './diagnose/diagnose.ts';
import { REMARKERS } from './diagnose/remarks/registry.ts';
import type { Scene } from './diagnose/rule.ts';
import { RULES } from './diagnose/rules/registry.ts';
import { verdictOf } from './diagnose/verdict.ts';
import type { MachineState } from './explain-loss.ts';
import { planRemedy } from './fix/plan.ts';
import { fixedVerdict } from './fix/verdict.ts';
import type { TryFromMac } from './flow/mac.ts';
import { planFlows } from './flow/plan.ts';
import { type Forward, worldFrom } from './flow/world.ts';
import { observe, tryFlows } from './observe.ts';
import { gatherFacts } from './probe/gather.ts';
import { type Consent, doRemedy } from './remedy.ts';
import { compareSnapshots, SETTLED, SNAPSHOT } from './residue.ts';
import { LoggedGuest, type RunLog } from './run-log.ts';
import { toldRun } from './told-run.ts';

export interface RunInput {
  machine: { kind: 'virtualbox' | 'ssh' | 'local' | 'recording'; id: string; name: string };
  /** Opens the door; called inside the step `connect`. */
  connect(signal: AbortSignal): Promise<Guest>;
  targets: readonly Target[];
  /** Forwards from this computer to the guest, for published ports as the Mac reaches them. */
  forwards: readonly Forward[];
  tryFromMac: TryFromMac;
  /** Id of the one tracer to use; otherwise the best that works. */
  traceBackend?: string | undefined;
  /** What hurts, as the person said it; changes what is told first, never what is examined. */
  focus?: Focus;
  /** Where the sentences of troubles are read. */
  surface?: Surface;
  /** What VirtualBox has wrong with the machine. */
  notes?: readonly VmNote[] | undefined;
  /** Asked when the connection was lost. */
  machineState?: MachineState | undefined;
  /** The DNS modes of VirtualBox's NAT; never rejects. */
  natDns?: Promise<readonly NatDns[] | undefined> | undefined;
  /** What is to be done about it once it is known. */
  remedy?: Remedy;
}

/** A trial or a fix that was ordered with the diagnosis. */
export interface Remedy {
  order: RemedyOrder;
  consent: Consent;
  /** Resolves when all that was told is where it outlives this process. */
  recorded(): Promise<void>;
}

/**
 * One diagnosis, from opening the guest to the verdict: connect → probe → flow → trace → diagnose. Everything that
 * happens is told to `emit` as it happens; the fold of all of it is returned. Never throws for what was expected: a
 * `Trouble` becomes an event and ends the run as `failed`, an abort as `cancelled`; the guest is closed in any case.
 */
export async function diagnose(
  input: RunInput,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Run> {
  const { machine, focus, surface, notes, machineState } = input;
  const targets = input.targets.map((t) => t.url);
  let guest: LoggedGuest | undefined;
  try {
    const order = input.remedy?.order;
    const which = order?.kind === 'fix' ? order.id : undefined;
    return await toldRun(
      { machine, targets, focus, remedy: order?.kind, which, surface, notes, machineState },
      emit,
      signal,
      async (log) => {
        guest = new LoggedGuest(await log.step('connect', () => input.connect(signal)), log);
        await pipeline(guest, input, log, signal);
      },
    );
  } finally {
    await guest?.close();
  }
}

async function pipeline(
  guest: LoggedGuest,
  input: RunInput,
  log: RunLog,
  signal: AbortSignal,
): Promise<void> {
  const snapshot = guest.exec(SNAPSHOT, signal);
  // It is awaited below; a run that breaks before that must not die of this as well
  snapshot.catch(() => undefined);
  const from = Date.now() / 1000;
  const seen = await observe(guest, { ...input, before: snapshot }, log, signal);
  const lookedAt = input.machine.kind === 'recording' ? undefined : { from, to: Date.now() / 1000 };
  for (const remark of REMARKERS.flatMap((look) => look(seen, lookedAt)))
    log.tell({ type: 'remark', ...remark });
  const natDns = await input.natDns;
  const scene: Scene = { ...seen, ...(natDns && { natDns }) };
  const { causes, ...conclusion } = await log.step('diagnose', async () =>
    conclude(guest, scene, log, input.focus),
  );
  const { remedy } = input;
  const ordered = (kind: RemedyOrder['kind']) =>
    remedy?.order.kind === kind
      ? log.step(kind, () => remedied(guest, scene, causes, { ...input, remedy }, log, signal))
      : undefined;
  // A trial leaves nothing, and what is left at the end proves it; a fix is meant to stay
  await ordered('trial');
  await log.step('after', async () => proveNothingLeft(guest, await snapshot, log, signal));
  log.tell({ type: 'verdict', ...conclusion });
  const after = await ordered('fix');
  const fixed = after && fixedVerdict(scene.bad, after);
  if (fixed) log.tell({ type: 'verdict', ...fixed });
}

/** Does what was ordered, and tells how it came out; gives the flows as they are then, where any were tried. */
async function remedied(
  guest: LoggedGuest,
  scene: Scene,
  causes: Diagnosis['causes'],
  input: RunInput & { remedy: Remedy },
  log: RunLog,
  signal: AbortSignal,
): Promise<readonly FlowResult[] | undefined> {
  const { remedy, tryFromMac } = input;
  const { bad, journeys } = scene;
  const planned = await planRemedy(guest, remedy.order, { causes, bad, journeys }, signal);
  if (!planned.ok) {
    log.tell({ type: 'remedy-ended', outcome: 'impossible', says: planned.why, flows: [] });
    return undefined;
  }
  log.tell({ type: 'remedy', plan: planned.plan });
  const measure = ({ facts, world }: Pick<Scene, 'facts' | 'world'>, wanted: (id: string) => boolean) => {
    const planned = planFlows(world).filter(({ spec }) => wanted(spec.id));
    return tryFlows(guest, planned, { facts, tryFromMac }, signal);
  };
  let latest: readonly FlowResult[] | undefined;
  const end = await doRemedy(guest, planned.plan, {
    consent: remedy.consent,
    stands: async (change) => {
      log.tell({ type: 'remedy-stands', change });
      await remedy.recorded();
    },
    before: scene.flows,
    signal,
    tryFlows: (ids) => measure(scene, (id) => ids.includes(id)),
    tryAnew: async () => {
      const facts = await gatherFacts((_, command) => guest.ask(command, signal));
      const world = worldFrom(facts, input.targets, input.forwards);
      // All that failed, for the fix of one cause may be all that it takes; and what there was nothing of before
      const known = new Set(scene.flows.map(({ id }) => id));
      const failing = new Set(bad.map(({ id }) => id));
      latest = await measure({ facts, world }, (id) => failing.has(id) || !known.has(id));
      return latest;
    },
  });
  log.tell({ type: 'remedy-ended', ...end });
  return latest;
}

function conclude(
  guest: Guest,
  scene: Scene,
  log: RunLog,
  focus: Focus | undefined,
): { verdict: Verdict; says: Text; causes: Diagnosis['causes'] } {
  const diagnosis = diagnoseScene(scene, RULES, focus);
  for (const note of diagnosis.notes) log.tell({ type: 'rule-note', ...note });
  for (const cause of diagnosis.causes) log.tell({ type: 'cause', cause });
  return { ...verdictOf(scene, diagnosis, guest.root, focus), causes: diagnosis.causes };
}

async function proveNothingLeft(
  guest: Guest,
  before: Answer,
  log: RunLog,
  signal: AbortSignal,
): Promise<void> {
  let residue = compareSnapshots(before, await guest.exec(SNAPSHOT, signal));
  if (residue.processes.length > 0) residue = compareSnapshots(before, await guest.exec(SETTLED, signal));
  log.tell({ type: 'residue', residue });
}
