import { fixedVerdict } from '../../../electron/fix/verdict.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import type { RemedyEnd, RemedyPlan } from '../../../shared/remedy.ts';
import type { RunEvent } from '../../../shared/run.ts';
import type { OpenOptions } from '../harness.ts';
import type { Shot } from '../shot.ts';
import { openRunOf } from './looking.ts';
import { withMachines } from './place.ts';
import { sceneEvents, storeRun } from './stored-runs.ts';
import { vmId } from './vboxmanage.ts';

const FAULT = 'sysctl-ip-forward-0';

/** The run of a scene, with what its root cause offers tried or made. */
function remedied(kind: 'trial' | 'fix'): RunEvent[] {
  const events = sceneEvents(FAULT);
  const cause = events.find((event) => event.type === 'cause')?.cause;
  const [fix] = cause?.fixes ?? [];
  if (!cause || !fix) throw new Error(`${FAULT} has no fix`);
  const flows = events.flatMap((event) => (event.type === 'flow' ? [event.flow] : []));
  const bad = flows.filter(({ id }) => cause.explains.includes(id));
  const { title, commands, undo } = fix;
  const plan: RemedyPlan = {
    kind,
    cause: cause.id,
    at: 0,
    title,
    files:
      kind === 'fix'
        ? [{ path: '/etc/sysctl.d/99-zz-culprit.conf', before: null, after: 'net.ipv4.ip_forward = 1\n' }]
        : [],
    commands,
    undo,
    flows: bad.map(({ id }) => id),
  };
  const change = { checked: true, lines: kind === 'fix' ? ['+ net.ipv4.ip_forward = 1'] : [], counts: [1] };
  const end: RemedyEnd = {
    outcome: kind === 'fix' ? 'fixed' : 'confirmed',
    says: {
      en:
        kind === 'fix'
          ? 'The flows that failed work now.'
          : 'With the change the flows worked, without it they fail again.',
      'zh-CN': kind === 'fix' ? '失败的流量现在正常。' : '更改后流量正常，撤销后再次失败。',
    },
    flows: bad.map(({ id, outcome }) => ({
      id,
      before: outcome,
      ...(kind === 'trial' && { during: 'ok' as const }),
      after: kind === 'trial' ? outcome : 'ok',
    })),
    change,
  };
  const t = events.at(-1)?.t ?? 0;
  const works = bad.map((flow): FlowResult => ({ ...flow, outcome: 'ok' }));
  const verdict = kind === 'fix' ? fixedVerdict(bad, works) : undefined;
  return [
    ...events.slice(0, -1),
    { t, type: 'remedy', plan },
    ...(kind === 'fix' ? [{ t, type: 'remedy-stands', change } as const] : []),
    { t, type: 'remedy-ended', ...end },
    ...(verdict ? [{ t, type: 'verdict', ...verdict } as const] : []),
    { t, type: 'ended', how: 'done' },
  ];
}

/** A place with a run in which that was done; it is called so. */
export async function withRemedy(dataFolder: string, kind: 'trial' | 'fix'): Promise<OpenOptions> {
  const options = await withMachines(dataFolder);
  await storeRun(dataFolder, { machine: vmId(0), name: kind, minutes: 1, events: remedied(kind) });
  return options;
}

const shot = (name: string, kind: 'trial' | 'fix'): Shot => ({
  name,
  prepare: (dataFolder) => withRemedy(dataFolder, kind),
  steps: (app) => openRunOf(app, kind),
});

/** Runs in which something was tried or mended. */
export const REMEDY_SHOTS: Shot[] = [shot('confirmed', 'trial'), shot('fixed', 'fix')];
