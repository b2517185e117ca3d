import type { FlowResult, Outcome } from '../shared/flow.ts';
import type { FlowChange, GuestChange, RemedyEnd, RemedyPlan } from '../shared/remedy.ts';
import type { Answer, Guest } from './connect/guest.ts';
import { carryOut } from './fix/carry-out.ts';
import type { Done } from './fix/held.ts';
import {
  confirmedSays,
  declined,
  failedSays,
  fixedSays,
  restartSays,
  trialLeft,
  UNDONE_UNCHECKED,
  undone,
  unfit,
} from './fix/sayings.ts';
import { type Fate, fateOf } from './fix/settled.ts';
import { guestChange, noLongerStands, notPutBack, STATE } from './fix/state.ts';

/** Shows a person what will be done, and asks whether it may. */
export type Consent = (plan: RemedyPlan) => Promise<boolean>;

/** Tries flows, by their ids. */
export type TryFlows = (ids: readonly string[]) => Promise<readonly FlowResult[]>;

/** What a trial or a fix needs around it. */
export interface RemedyTools {
  consent: Consent;
  /** Tries the plan's flows as they were planned. */
  tryFlows: TryFlows;
  /** Reads the guest anew first: a fix may start containers. Gives what could not be tried before it as well. */
  tryAnew: TryFlows;
  /** Is told what a fix changed, and awaited before it is kept: whoever wants to take it back later has it on the disk then. */
  stands(change: GuestChange): Promise<void>;
  /** How the flows of the run ended before. */
  before: readonly FlowResult[];
  signal: AbortSignal;
}

/** How often flows are tried after a fix: what it started may take a while until it answers. */
const TRIES = 4;

/**
 * Does what a plan says, with consent: a trial is taken back, a fix stays. Nothing is left half-done: what fails is taken back
 * by the guest itself, and so is everything when the link breaks in between.
 */
export async function doRemedy(guest: Guest, plan: RemedyPlan, tools: RemedyTools): Promise<RemedyEnd> {
  if (!(await tools.consent(plan))) return { outcome: 'declined', says: declined(plan.kind), flows: [] };
  const { signal } = tools;
  const before = await guest.exec(STATE, signal);
  const held = await carryOut(guest, plan, signal);
  if (!held.done.ok) return failed(guest, plan, held.done, before, signal);
  return plan.kind === 'trial'
    ? trial(guest, plan, held, before, tools)
    : fix(guest, plan, held, before, tools);
}

type Held = Awaited<ReturnType<typeof carryOut>>;

async function trial(
  guest: Guest,
  { flows }: RemedyPlan,
  held: Held,
  before: Answer,
  tools: RemedyTools,
): Promise<RemedyEnd> {
  const during = await tools.tryFlows(flows);
  await held.letGo();
  const change = guestChange(before, await guest.exec(STATE, tools.signal));
  const after = await tools.tryFlows(flows);
  const compared = compare(flows, tools.before, after, during);
  const helped = compared.filter((f) => f.during === 'ok' && f.before !== 'ok' && f.after !== 'ok');
  const clean = change.checked && change.lines.length === 0;
  return {
    outcome: helped.length > 0 ? 'confirmed' : 'not-confirmed',
    says: clean ? confirmedSays(helped.length, compared) : trialLeft(change),
    flows: compared,
    change,
  };
}

async function fix(
  guest: Guest,
  { flows, containersRestart }: RemedyPlan,
  held: Held,
  before: Answer,
  tools: RemedyTools,
): Promise<RemedyEnd> {
  await tools.stands(guestChange(before, await guest.exec(STATE, tools.signal)));
  await held.keep();
  const failing = tools.before.filter(({ id }) => flows.includes(id));
  let after: readonly FlowResult[] = [];
  let fates: Fate[] = [];
  for (let n = 0; n < TRIES && flows.length > 0; n++) {
    after = await tools.tryAnew(flows);
    fates = failing.map((flow) => fateOf(flow, after));
    if (!fates.includes('fails')) break;
  }
  const change = guestChange(before, await guest.exec(STATE, tools.signal));
  const outcome = flows.length === 0 ? 'made' : fates.includes('fails') ? 'not-fixed' : 'fixed';
  const lost = failing.filter((_, i) => fates[i] === 'fails');
  const behind = containersRestart
    ? lost.flatMap(({ from }) => (from.where === 'container' ? from.name : []))
    : [];
  const says =
    behind.length > 0 && behind.length === lost.length
      ? restartSays([...new Set(behind)], lost.length, fates.length)
      : fixedSays(outcome, fates);
  return { outcome, says, flows: compare(flows, tools.before, after), change };
}

/** What a failed plan left: nothing, if all was taken back. */
async function failed(
  guest: Guest,
  plan: RemedyPlan,
  done: Extract<Done, { ok: false }>,
  before: Answer,
  signal: AbortSignal,
): Promise<RemedyEnd> {
  const change = guestChange(before, await guest.exec(STATE, signal));
  const back = change.checked && change.lines.length === 0;
  return {
    outcome: back ? 'rolled-back' : 'half-done',
    says: failedSays(plan, done, back, change),
    flows: [],
    change,
  };
}

function compare(
  ids: readonly string[],
  before: readonly FlowResult[],
  after: readonly FlowResult[],
  during?: readonly FlowResult[],
): FlowChange[] {
  // A flow that could not even be tried any more did not work
  const outcome = (list: readonly FlowResult[], id: string): Outcome =>
    list.find((flow) => flow.id === id)?.outcome ?? 'skipped';
  return ids.map((id) => ({
    id,
    before: outcome(before, id),
    ...(during ? { during: outcome(during, id) } : {}),
    after: outcome(after, id),
  }));
}

/**
 * Takes a fix of an earlier run back, with consent, where the guest still is as that fix left it. `fixed` is what it changed.
 */
export async function doUndo(
  guest: Guest,
  plan: RemedyPlan,
  fixed: GuestChange,
  { consent, signal }: Pick<RemedyTools, 'consent' | 'signal'>,
): Promise<RemedyEnd> {
  const before = await guest.exec(STATE, signal);
  const gone = noLongerStands(fixed, before);
  if (gone.length > 0) return { outcome: 'impossible', says: unfit(gone), flows: [] };
  if (!(await consent(plan))) return { outcome: 'declined', says: declined(plan.kind), flows: [] };
  const held = await carryOut(guest, plan, signal);
  if (!held.done.ok) return failed(guest, plan, held.done, before, signal);
  await held.keep();
  const change = guestChange(before, await guest.exec(STATE, signal));
  const lines = fixed.checked && change.checked ? notPutBack(fixed, change) : [];
  return {
    outcome: 'undone',
    says: fixed.checked && change.checked ? undone(lines) : UNDONE_UNCHECKED,
    flows: [],
    change: { ...change, lines, counts: lines.map(() => 0) },
  };
}
