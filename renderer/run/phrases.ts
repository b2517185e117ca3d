import type { Lang } from '../../shared/text.ts';

interface RunPhrases {
  region: string;
  verdict: string;
  path: string;
  flows: string;
  timeline: string;
  noRunTitle: string;
  noRun: string;
  loading: string;
  announce: { done: string; failed: string; cancelled: string };
}

/** Headings and states of the run view. */
export const RUN_PHRASES: Record<Lang, RunPhrases> = {
  en: {
    region: 'Diagnosis',
    verdict: 'Verdict',
    path: 'Path of the packet',
    flows: 'Who reaches what',
    timeline: 'Timeline',
    noRunTitle: 'No diagnosis yet',
    noRun:
      'Culprit reads the settings of the machine, tries who reaches what from the machine and from its containers, and follows the packets that fail to the very rule that ends them. It installs nothing and leaves nothing behind.',
    loading: 'Opening the run…',
    announce: {
      done: 'The diagnosis is finished.',
      failed: 'The diagnosis failed.',
      cancelled: 'The diagnosis was stopped.',
    },
  },
  'zh-CN': {
    region: '诊断',
    verdict: '结论',
    path: '数据包的路径',
    flows: '连通情况',
    timeline: '时间线',
    noRunTitle: '尚未诊断',
    noRun:
      'Culprit 会读取机器的设置，从机器及其容器测试连通情况，并跟踪失败的数据包，直到找出终止它们的那条规则。不安装任何东西，也不留下任何痕迹。',
    loading: '正在打开…',
    announce: { done: '诊断已完成。', failed: '诊断失败。', cancelled: '诊断已停止。' },
  },
};
