import type { Lang } from '../../shared/text.ts';

/** Titles of the system's own dialogs. */
export const DIALOG_PHRASES: Record<
  Lang,
  { exportReport: string; chooseKey: string; chooseVBoxManage: string; openLog: string; sample: string }
> = {
  en: {
    exportReport: 'Export Report',
    chooseKey: 'Choose a Private Key',
    chooseVBoxManage: 'Choose VirtualBox, or its VBoxManage',
    openLog: 'Choose a Trace Log',
    sample: 'sample',
  },
  'zh-CN': {
    exportReport: '导出报告',
    chooseKey: '选择私钥',
    chooseVBoxManage: '选取 VirtualBox 或其中的 VBoxManage',
    openLog: '选择跟踪日志',
    sample: '示例',
  },
};
