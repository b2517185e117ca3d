import type { Cause, Fix } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { fixId, type RemedyOrder, type RemedyPlan } from '../../shared/remedy.ts';
import type { Text } from '../../shared/text.ts';
import type { Journey } from '../../shared/trace.ts';
import type { Guest } from '../connect/guest.ts';
import { failed } from '../flow/telling.ts';
import { editFiles } from './files.ts';
import { trialOf } from './trial.ts';

/** What the plan is made from. */
export interface Found {
  causes: readonly Cause[];
  bad: readonly FlowResult[];
  journeys: readonly Journey[];
}

export type Planned = { ok: true; plan: RemedyPlan } | { ok: false; why: Text };

/** What would be done, exactly; nothing is changed. */
export async function planRemedy(
  guest: Guest,
  order: RemedyOrder,
  found: Found,
  signal: AbortSignal,
): Promise<Planned> {
  if (guest.root.how === 'none') return no(NO_ROOT);
  return order.kind === 'trial' ? planTrial(found) : planFix(guest, order.id, found, signal);
}

const no = (why: Text): Planned => ({ ok: false, why });

/** Flows that failed and that the cause explains. */
function flowsOf({ explains }: Cause, bad: readonly FlowResult[]): string[] {
  return bad.filter(({ id }) => explains.includes(id)).map(({ id }) => id);
}

function planTrial({ causes, bad, journeys }: Found): Planned {
  const [cause] = causes;
  if (!cause) return no(NO_CAUSE);
  const concerned = bad.filter((flow) => failed(flow) && cause.explains.includes(flow.id));
  // What works now and then can't be told from what a trial did
  const shaky = concerned.some(({ tries }) => tries !== undefined);
  if (shaky || concerned.length === 0) return no(NO_STEADY_FLOW);
  const flows = concerned.map(({ id }) => id);
  const trial = trialOf(cause, journeys);
  if (!trial) return no(noTrial(cause.title));
  return {
    ok: true,
    plan: { kind: 'trial', cause: cause.id, at: 0, files: [], flows, ...trial },
  };
}

async function planFix(
  guest: Guest,
  wanted: string,
  { causes, bad }: Found,
  signal: AbortSignal,
): Promise<Planned> {
  const all = causes.flatMap((cause, at) =>
    cause.fixes.map((fix, i) => ({ cause, at, fix, id: fixId(cause.id, i + 1) })),
  );
  const chosen =
    all.find(({ id }) => id === wanted) ??
    all.find(({ cause, fix }) => cause.id === wanted && fix.applies === 'at-once') ??
    all.find(({ cause }) => cause.id === wanted);
  if (!chosen)
    return no(
      noFix(
        wanted,
        all.map(({ id }) => id),
      ),
    );
  const { cause, at, fix } = chosen;
  if (fix.applies === 'told') return no(onlyTold(fix));
  const { edits, commands, undo } = fix.applied ?? { edits: [], commands: fix.commands, undo: fix.undo };
  const edited = await editFiles(guest, edits, signal);
  if (!edited.ok) return no(edited.why);
  const { title, warning, containersRestart } = fix;
  return {
    ok: true,
    plan: {
      kind: 'fix',
      cause: cause.id,
      at,
      title,
      ...(warning ? { warning } : {}),
      ...(containersRestart ? { containersRestart } : {}),
      files: edited.files,
      commands,
      undo,
      flows: flowsOf(cause, bad),
    },
  };
}

const NO_ROOT: Text = {
  en: 'Changing the VM needs root, and Culprit has none there.',
  'zh-CN': '更改虚拟机需要 root 权限，但 Culprit 在其中没有。',
};
const NO_CAUSE: Text = {
  en: 'No cause was found, so there is nothing to try.',
  'zh-CN': '没有找到原因，因此没有可以试改的内容。',
};
const NO_STEADY_FLOW: Text = {
  en: 'No flow fails every time because of it, so a trial would prove nothing.',
  'zh-CN': '没有因此而每次都失败的流量，试改无法证明任何事。',
};

const noTrial = (title: Text): Text => ({
  en: `There is no small change that can be tried and taken back at once for “${title.en}”.`,
  'zh-CN': `对于“${title['zh-CN']}”，没有可以试改并立即撤销的小改动。`,
});

const noFix = (wanted: string, ids: readonly string[]): Text => ({
  en: `This run has no fix “${wanted}”. It has: ${ids.join(', ') || 'none'}.`,
  'zh-CN': `这次运行中没有修复“${wanted}”。可用的有：${ids.join('、') || '无'}。`,
});

const onlyTold = ({ title }: Fix): Text => ({
  en: `“${title.en}” is nothing that Culprit does by itself: it stops containers, needs an upgrade, or only you know the rest. The result says how it is done by hand.`,
  'zh-CN': `“${title['zh-CN']}”不由 Culprit 代为执行：它会停止容器、需要升级，或只有你知道其余内容。结果中写有手动操作的方法。`,
});
