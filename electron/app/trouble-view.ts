import type { TroubleView } from '../../shared/app-state.ts';
import { inEach, type Text } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import { troubleSentences } from '../../shared/trouble-text.ts';

/** Characters of a sentence: its facts come from outside and may be endless. */
const MOST = 2000;

/** Sentences of a bounded length. */
export function bounded(text: Text): Text {
  return inEach(text, (words) => words.slice(0, MOST));
}

const BUG: TroubleView = {
  code: 'bug',
  what: { en: 'Culprit broke.', 'zh-CN': 'Culprit 出错了。' },
  meaning: {
    en: 'This is a bug, not a finding about your VM. What was learnt until then is kept.',
    'zh-CN': '这是程序缺陷，与虚拟机的状况无关。此前得到的信息已保留。',
  },
  next: {
    en: 'Try it again; if it happens again, please report it with the log file.',
    'zh-CN': '请重试；如果再次出现，请附上日志文件反馈。',
  },
};

/** What went wrong as the window shows it; whatever is no Trouble is a bug, whose words are for the log only. */
export function troubleView(error: unknown): TroubleView {
  if (!(error instanceof Trouble)) return BUG;
  const { what, meaning, next } = troubleSentences(error, 'window');
  return { code: error.code, what: bounded(what), meaning: bounded(meaning), next: bounded(next) };
}
