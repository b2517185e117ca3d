import type { FlowChange, GuestChange, RemedyKind, RemedyOutcome, RemedyPlan } from '../../shared/remedy.ts';
import type { Text } from '../../shared/text.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';
import { stepNames } from './carry-out.ts';
import type { Done } from './held.ts';
import type { Fate } from './settled.ts';

export function declined(kind: RemedyKind): Text {
  const what: Record<RemedyKind, Text> = {
    trial: { en: 'The trial was not made', 'zh-CN': '没有试改' },
    fix: { en: 'The fix was not made', 'zh-CN': '没有修复' },
    undo: { en: 'The fix was not taken back', 'zh-CN': '没有撤销修复' },
  };
  return {
    en: `${what[kind].en}: nobody agreed to it. Nothing was changed.`,
    'zh-CN': `${what[kind]['zh-CN']}：没有得到同意。未作任何更改。`,
  };
}

/** How a trial came out that left nothing behind. */
export function confirmedSays(helped: number, flows: readonly FlowChange[]): Text {
  if (helped > 0) {
    return {
      en: `With the change ${helped} of ${flows.length} failing flows worked, and without it they failed again: this is the cause. The change is taken back.`,
      'zh-CN': `试改后 ${flows.length} 条失败的流量中有 ${helped} 条恢复正常，撤销后又再次失败：这就是原因。改动已撤销。`,
    };
  }
  return flows.some(({ after }) => after === 'ok')
    ? {
        en: 'The flows work without the change as well by now, so the trial proves nothing. The change is taken back.',
        'zh-CN': '现在没有该改动流量也正常，因此试改无法证明任何事。改动已撤销。',
      }
    : {
        en: 'The flows failed with the change, too: another cause stands in their way as well, or it is not this one. The change is taken back.',
        'zh-CN': '试改后流量仍然失败：可能还有其他原因，或原因并非如此。改动已撤销。',
      };
}

/** The guest is not as it was, or nobody could look. */
export function trialLeft({ checked, lines: { length: lines } }: GuestChange): Text {
  if (!checked) {
    return {
      en: 'The change was taken back, but whether all of the guest’s state is as before could not be checked.',
      'zh-CN': '改动已撤销，但无法检查虚拟机的状态是否完全恢复。',
    };
  }
  return {
    en: `The guest is not as it was before the trial: ${lines} lines of its state differ. The result shows them.`,
    'zh-CN': `虚拟机与试改之前不同：状态中有 ${lines} 行不一致，详见结果。`,
  };
}

/** All that still fails starts in containers, which keep what they were started with. */
export function restartSays(containers: readonly string[], fails: number, of: number): Text {
  const restart = `docker restart ${containers.map(quoteWhereNeeded).join(' ')}`;
  return {
    en: `The fix was made: ${of - fails} of ${of} flows work now or have nothing left to try. The other ${fails} start in containers, which keep what they were started with: restart those (${restart}), and diagnose again. It can be taken back.`,
    'zh-CN': `已执行修复：${of} 条流量中有 ${of - fails} 条现在正常或已无需再测试。其余 ${fails} 条从容器发起，而容器沿用启动时的设置：请重启它们（${restart}），然后重新诊断。可以撤销该修复。`,
  };
}

export function fixedSays(outcome: RemedyOutcome, fates: readonly Fate[]): Text {
  if (outcome === 'made') {
    return {
      en: 'The fix was made; no flow can tell whether it helps.',
      'zh-CN': '已完成修复；没有流量可以判断它是否有效。',
    };
  }
  const of = fates.length;
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const [fails, gone] = [count('fails'), count('gone')];
  if (outcome !== 'fixed')
    return {
      en: `The fix was made, and ${fails} of ${of} flows still ${fails === 1 ? 'fails' : 'fail'}. It can be taken back.`,
      'zh-CN': `已执行修复，但 ${of} 条流量中仍有 ${fails} 条失败。可以撤销该修复。`,
    };
  if (gone > 0)
    return {
      en: `Fixed: of ${of} flows that failed, ${of - gone} ${of - gone === 1 ? 'works' : 'work'} now, and of ${gone} nothing is left to try.`,
      'zh-CN': `已修复：此前失败的 ${of} 条流量中，${of - gone} 条现在正常，另有 ${gone} 条已无需再测试。`,
    };
  return {
    en: of === 1 ? 'Fixed: the flow that failed works now.' : `Fixed: all ${of} flows that failed work now.`,
    'zh-CN': `已修复：此前失败的 ${of} 条流量现在全部正常。`,
  };
}

export function failedSays(
  plan: RemedyPlan,
  done: Extract<Done, { ok: false }>,
  back: boolean,
  change: GuestChange,
): Text {
  const command = stepNames(plan)[done.step] ?? '?';
  const said = done.said.trim().split('\n').at(-1) ?? '';
  const why: Text = {
    en: `“${command}” failed (exit code ${done.code}${said === '' ? '' : `: ${said}`}).`,
    'zh-CN': `“${command}”失败（退出码 ${done.code}${said === '' ? '' : `：${said}`}）。`,
  };
  if (back) {
    return {
      en: `${why.en} What was done before it has been taken back: the guest is as it was.`,
      'zh-CN': `${why['zh-CN']}此前的更改已撤销：虚拟机与之前一致。`,
    };
  }
  return change.checked
    ? {
        en: `${why.en} Not all of it could be taken back: ${change.lines.length} lines of the guest's state differ from before. The result shows them.`,
        'zh-CN': `${why['zh-CN']}并非所有更改都能撤销：虚拟机状态中有 ${change.lines.length} 行与之前不同，详见结果。`,
      }
    : {
        en: `${why.en} What was done before it was taken back, but whether all of it is could not be checked.`,
        'zh-CN': `${why['zh-CN']}此前的更改已撤销，但无法检查是否全部恢复。`,
      };
}

/** The guest is not as the fix left it. */
export function unfit(gone: readonly string[]): Text {
  const shown = gone.slice(0, 3).join(' | ');
  return {
    en: `The guest has changed since that fix, so taking it back would not fit: ${gone.length} lines are not as it left them (${shown}). It was restarted, somebody changed it, or the fix is taken back already. Diagnose it again to see how it is now.`,
    'zh-CN': `自那次修复以来虚拟机已发生变化，无法撤销：有 ${gone.length} 行与修复后不同（${shown}）。可能是虚拟机重启过、有人更改过，或修复已被撤销。请重新诊断以了解现状。`,
  };
}

export const UNDONE_UNCHECKED: Text = {
  en: 'The fix is taken back; whether the guest is as it was before could not be checked.',
  'zh-CN': '修复已撤销；但无法检查虚拟机是否与修复前一致。',
};

export function undone(left: readonly string[]): Text {
  return left.length === 0
    ? {
        en: 'The fix is taken back: the guest is as it was before it.',
        'zh-CN': '修复已撤销：虚拟机与修复前一致。',
      }
    : {
        en: `The fix is taken back; ${left.length} lines of the guest's state differ from before it. The result shows them.`,
        'zh-CN': `修复已撤销；虚拟机状态中有 ${left.length} 行与修复前不同，详见结果。`,
      };
}
