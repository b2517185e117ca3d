import type { Lang } from '../../shared/text.ts';

interface UiPhrases {
  copy: string;
  copied: string;
  close: string;
  cancel: string;
  what: string;
  meaning: string;
  next: string;
  code: (code: string) => string;
  copyDetails: string;
  troubles: string;
}

/** Words of the shared components. */
export const UI_PHRASES: Record<Lang, UiPhrases> = {
  en: {
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    cancel: 'Cancel',
    what: 'What happened',
    meaning: 'What it means',
    next: 'What to do',
    code: (code) => `Code ${code}`,
    copyDetails: 'Copy details',
    troubles: 'Problems',
  },
  'zh-CN': {
    copy: '拷贝',
    copied: '已拷贝',
    close: '关闭',
    cancel: '取消',
    what: '发生了什么',
    meaning: '这意味着什么',
    next: '接下来怎么做',
    code: (code) => `代码 ${code}`,
    copyDetails: '拷贝详细信息',
    troubles: '问题',
  },
};
