import { NOTHING_RAN, type Sayings } from './sayings.ts';

/** Fixes of runs of the past. */
export const REMEDY_SAYINGS = {
  'nothing-to-undo': ({ run }) => ({
    what: {
      en: `The run ${run} has no fix that stands.`,
      'zh-CN': `运行 ${run} 中没有仍然有效的修复。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: 'Give the run that --fix told at its end.',
      'zh-CN': '请指定 --fix 结束时给出的运行编号。',
    },
    inWindow: {
      next: { en: 'Choose a run in which something was fixed.', 'zh-CN': '请选择一次进行过修复的运行。' },
    },
  }),
  'undo-other-machine': ({ run, was, is }) => ({
    what: {
      en: `The run ${run} fixed “${was}”, and this is “${is}”.`,
      'zh-CN': `运行 ${run} 修复的是“${was}”，而这台机器是“${is}”。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: `Name “${was}” in the same way as for the fix.`,
      'zh-CN': `请用与修复时相同的方式指定“${was}”。`,
    },
  }),
} satisfies Sayings<'nothing-to-undo' | 'undo-other-machine'>;
