import type { Guest } from '../../../electron/connect/guest.ts';
import { planRemedy } from '../../../electron/fix/plan.ts';
import { confirmedSays, fixedSays, undone } from '../../../electron/fix/sayings.ts';
import { fixedVerdict } from '../../../electron/fix/verdict.ts';
import type { AppState, Prompt } from '../../../shared/app-state.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import type { FlowChange, GuestChange, RemedyEnd, RemedyOrder, RemedyPlan } from '../../../shared/remedy.ts';
import { applyEvents, emptyRun, type RunEvent } from '../../../shared/run.ts';
import { plannedSteps } from '../../../shared/steps.ts';
import { undoOf } from '../../../shared/undo-plan.ts';
import { readScene } from '../../lab-cases/scene-file.ts';
import type { OpenApp, OpenOptions } from '../harness.ts';
import type { Shot } from '../shot.ts';
import { openRunOf } from './looking.ts';
import { withMachines, withRuns } from './place.ts';
import { sceneEvents, storeRun } from './stored-runs.ts';
import { vmId } from './vboxmanage.ts';

const FAULT = 'sysctl-ip-forward-0';

/** A guest of which only files are read, and each holds this; null: none is there. */
const guestWith = (file: string | null): Guest => ({
  label: 'docker-vm',
  root: { how: 'login' },
  exec: async () => ({
    code: file === null ? 3 : 0,
    stdout: Buffer.from(file ?? '').toString('base64'),
    stderr: '',
    timedOut: false,
    truncated: false,
    ms: 1,
  }),
  stream: () => {
    throw new Error('only files are read');
  },
  close: async () => {},
});

/** What would be done about the root cause of a scene, worked out as in a run. */
async function planOf(fault: string, kind: RemedyOrder['kind'], file: string | null): Promise<RemedyPlan> {
  const causes = sceneEvents(fault).flatMap((event) => (event.type === 'cause' ? [event.cause] : []));
  const { bad, journeys } = readScene(fault);
  const order: RemedyOrder = kind === 'trial' ? { kind } : { kind, id: `${causes[0]?.id}/1` };
  const { signal } = new AbortController();
  const planned = await planRemedy(guestWith(file), order, { causes, bad, journeys }, signal);
  if (!planned.ok) throw new Error(`${fault}: ${planned.why.en}`);
  return planned.plan;
}

/** How the flows of a plan fared: all of them helped. */
function helped(flows: readonly FlowResult[], kind: RemedyOrder['kind']): FlowChange[] {
  return flows.map(({ id, outcome }) => ({
    id,
    before: outcome,
    ...(kind === 'trial' && { during: 'ok' as const }),
    after: kind === 'trial' ? outcome : 'ok',
  }));
}

/** The events of a run up to the remedy that was ordered: it is being carried out. */
async function underWay(kind: RemedyOrder['kind']): Promise<{ events: RunEvent[]; bad: FlowResult[] }> {
  const told = sceneEvents(FAULT).slice(0, -1);
  const plan = await planOf(FAULT, kind, null);
  const t = told.at(-1)?.t ?? 0;
  const [first, ...rest] = told;
  if (first?.type !== 'started') throw new Error('a run begins with its start');
  const over = plannedSteps({ started: { ...first, remedy: kind } }).filter((step) => step !== kind);
  const events: RunEvent[] = [
    { ...first, remedy: kind },
    ...over.flatMap((step, n): RunEvent[] => [
      { t: n * 900, type: 'step-began', step },
      { t: n * 900 + 700, type: 'step-ended', step, ms: 700 },
    ]),
    ...rest,
    { t, type: 'step-began', step: kind },
  ];
  const flows = events.flatMap((event) => (event.type === 'flow' ? [event.flow] : []));
  return {
    events: [...events, { t, type: 'remedy', plan }],
    bad: flows.filter(({ id }) => plan.flows.includes(id)),
  };
}

/** The run of a scene, with what its root cause offers tried or made. */
async function remedied(kind: RemedyOrder['kind']): Promise<RunEvent[]> {
  const { events, bad } = await underWay(kind);
  const t = events.at(-1)?.t ?? 0;
  const flows = helped(bad, kind);
  const lines =
    kind === 'fix' ? [`+ sysctl net.ipv4.ip_forward = 1`, `+ /etc/sysctl.d/99-zz-culprit.conf`] : [];
  const change: GuestChange = { checked: true, lines, counts: lines.map(() => 1) };
  const end: RemedyEnd =
    kind === 'fix'
      ? {
          outcome: 'fixed',
          says: fixedSays(
            'fixed',
            bad.map(() => 'works'),
          ),
          flows,
          change,
        }
      : { outcome: 'confirmed', says: confirmedSays(bad.length, flows), flows, change };
  const works = bad.map((flow): FlowResult => ({ ...flow, outcome: 'ok' }));
  const verdict = kind === 'fix' ? fixedVerdict(bad, works) : undefined;
  return [
    ...events,
    ...(kind === 'fix' ? [{ t, type: 'remedy-stands', change } as const] : []),
    { t, type: 'remedy-ended', ...end },
    ...(verdict ? [{ t, type: 'verdict', ...verdict } as const] : []),
    { t, type: 'ended', how: 'done' },
  ];
}

/** A place with a run in which that was done; it is called so. */
export async function withRemedy(dataFolder: string, kind: RemedyOrder['kind']): Promise<OpenOptions> {
  const options = await withMachines(dataFolder);
  await storeRun(dataFolder, { machine: vmId(0), name: kind, minutes: 1, events: await remedied(kind) });
  return options;
}

/** What takes the fix back. */
async function undoPlan(): Promise<RemedyPlan> {
  const undo = undoOf(applyEvents(emptyRun(), await remedied('fix')), '20260101T000000Z-00000000');
  if (!undo) throw new Error('nothing to undo');
  return undo.plan;
}

/** A place with a fix, and the run that took it back. */
async function withUndone(dataFolder: string): Promise<OpenOptions> {
  const options = await withMachines(dataFolder);
  await storeRun(dataFolder, { machine: vmId(0), name: 'fix', minutes: 20, events: await remedied('fix') });
  const [started] = sceneEvents(FAULT);
  if (!started) throw new Error('no start');
  const change: GuestChange = { checked: true, lines: [], counts: [] };
  const events: RunEvent[] = [
    started,
    { t: 400, type: 'remedy', plan: await undoPlan() },
    { t: 900, type: 'remedy-ended', outcome: 'undone', says: undone([]), flows: [], change },
    { t: 900, type: 'ended', how: 'done' },
  ];
  await storeRun(dataFolder, { machine: vmId(0), name: 'undone', minutes: 1, events });
  return options;
}

/** The plans of which a person is asked. */
const PLANS = {
  trial: () => planOf(FAULT, 'trial', null),
  fix: () => planOf(FAULT, 'fix', null),
  'fix-file': () =>
    planOf('dns-vm-resolv-conf-wrong', 'fix', 'search lan\nnameserver 192.0.2.53\noptions edns0\n'),
  undo: undoPlan,
};

/** Has main's question whether that may be done stand over the window. */
async function askRemedy(app: Pick<OpenApp, 'page' | 'order'>, which: keyof typeof PLANS): Promise<void> {
  const prompt: Prompt = {
    id: `p-${which}`,
    machineName: 'docker-vm',
    kind: 'remedy',
    plan: await PLANS[which](),
  };
  await app.order('push', { name: 'state', value: { prompts: [prompt] } });
  await app.page
    .getByRole('alertdialog')
    .getByText(prompt.plan.title.en)
    .or(app.page.getByRole('alertdialog').getByText(prompt.plan.title['zh-CN']))
    .first()
    .waitFor();
}

const shot = (name: string, kind: RemedyOrder['kind'], languages?: string[]): Shot => ({
  name,
  ...(languages && { open: { languages } }),
  prepare: (dataFolder) => withRemedy(dataFolder, kind),
  steps: (app) => openRunOf(app, kind),
});

const asking = (name: string, which: keyof typeof PLANS, languages?: string[]): Shot => ({
  name,
  ...(languages && { open: { languages } }),
  prepare: withRuns,
  steps: async (app) => {
    await openRunOf(app, 'docker-vm');
    await askRemedy(app, which);
  },
});

/** A run in which that is being done just now. */
const doing = (name: string, kind: RemedyOrder['kind']): Shot => ({
  name,
  prepare: async (dataFolder) => {
    const options = await withMachines(dataFolder);
    const { events } = await underWay(kind);
    await storeRun(dataFolder, { machine: vmId(0), name: kind, minutes: 1, events });
    return options;
  },
  steps: async (app) => {
    await openRunOf(app, kind);
    const runs = await app.page.evaluate(async () => {
      const reply = await window.culprit.call('state', undefined);
      return reply.ok ? (reply.value as AppState).runs : [];
    });
    const value = { runs: runs.map((run) => ({ ...run, state: 'running' as const })) };
    await app.order('push', { name: 'state', value });
    await app.page.locator('progress').waitFor();
  },
});

/** Runs in which something was tried or mended, and the questions before. */
export const REMEDY_SHOTS: Shot[] = [
  shot('confirmed', 'trial'),
  shot('fixed', 'fix'),
  shot('fixed-zh', 'fix', ['zh-CN']),
  { name: 'undone', prepare: withUndone, steps: (app) => openRunOf(app, 'undone') },
  doing('fixing', 'fix'),
  asking('ask-trial', 'trial'),
  asking('ask-fix', 'fix'),
  asking('ask-fix-zh', 'fix', ['zh-CN']),
  asking('ask-fix-file', 'fix-file'),
  asking('ask-undo', 'undo'),
  asking('ask-undo-zh', 'undo', ['zh-CN']),
];
