import type { RemedyKind } from '../../../shared/remedy.ts';
import type { Lang } from '../../../shared/text.ts';

interface RemediesPhrases {
  kinds: Record<RemedyKind, string>;
  unfinished: string;
  /** It was made, and then the run was cut short. */
  mayStand: string;
  flow: string;
  before: string;
  during: string;
  after: string;
  whatRan: string;
  changed(lines: number): string;
  copyCommands: string;
  undo: string;
}

const en: RemediesPhrases = {
  kinds: { trial: 'The trial', fix: 'The fix', undo: 'The fix, taken back' },
  unfinished: 'It was not finished. What was done in the VM was taken back by the VM itself.',
  mayStand:
    'It was not finished. The change may stand: diagnosing again shows whether it helps, and Undo takes it back.',
  flow: 'Flow',
  before: 'Before',
  during: 'With the change',
  after: 'After',
  whatRan: 'What was done',
  changed: (lines) =>
    lines === 1 ? 'One line of the VM’s state differs' : `${lines} lines of the VM’s state differ`,
  copyCommands: 'Copy commands',
  undo: 'Undo…',
};

const zh: RemediesPhrases = {
  kinds: { trial: '试改', fix: '修复', undo: '撤销修复' },
  unfinished: '它没有完成。虚拟机自身已撤销在其中所做的更改。',
  mayStand: '它没有完成。更改可能仍然生效：重新诊断可以看出它是否有效，“撤销”可以取消它。',
  flow: '流量',
  before: '之前',
  during: '更改期间',
  after: '之后',
  whatRan: '做了什么',
  changed: (lines) => `虚拟机状态有 ${lines} 行不同`,
  copyCommands: '拷贝命令',
  undo: '撤销…',
};

/** What the part of the window says that shows trials and fixes. */
export const REMEDIES_PHRASES: Record<Lang, RemediesPhrases> = { en, 'zh-CN': zh };
