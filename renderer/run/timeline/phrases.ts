import type { Lang } from '../../../shared/text.ts';
import type { RowKind, RowState } from './rows.ts';

interface TimelinePhrases {
  kinds: Record<RowKind | 'all', string>;
  filter: string;
  chip(name: string, count: number): string;
  search: string;
  clearSearch: string;
  list: string;
  latest: string;
  nothingYet: string;
  nothingFound(query: string): string;
  nothingOfKind: string;
  searching: string;
  found(count: number): string;
  states: Record<RowState, string>;
  command: string;
  asRoot: string;
  output: string;
  errors: string;
  noOutput: string;
  noAnswer: string;
  exit(code: number, ms: string): string;
  refused: string;
  timedOut: string;
  truncated: string;
  showAll: string;
  beginning: string;
  gone: string;
  tooLong: string;
  copyCommand: string;
  runInShell: string;
  copyOutput: string;
  showPath: string;
  from: string;
  to: string;
  firstRead(word: string): string;
  tries(ok: number, of: number): string;
  whyNot(backend: string, why: string): string;
  machine: string;
  targets: string;
}

const en: TimelinePhrases = {
  kinds: { all: 'All', step: 'Steps', probe: 'Probes', flow: 'Flows', trace: 'Trace', finding: 'Findings' },
  filter: 'Show',
  chip: (name, count) => `${name}, ${count}`,
  search: 'Search',
  clearSearch: 'Clear search',
  list: 'Timeline; Enter opens a row',
  latest: 'Jump to latest',
  nothingYet: 'Nothing has happened yet.',
  nothingFound: (query) => `Nothing holds “${query}”.`,
  nothingOfKind: 'There is nothing of this kind in this run.',
  searching: 'Searching…',
  found: (count) => (count === 1 ? 'one row' : `${count} rows`),
  states: {
    running: 'running',
    ok: 'ok',
    bad: 'problem',
    warn: 'warning',
    info: 'information',
    skipped: 'skipped',
  },
  command: 'Command',
  asRoot: 'as root',
  output: 'Output',
  errors: 'Standard error',
  noOutput: 'It printed nothing.',
  noAnswer: 'There is no answer yet, or the run ended before it.',
  exit: (code, ms) => `exit code ${code} after ${ms}`,
  refused: 'Not run: it needs root, and Culprit has none here.',
  timedOut: 'ended by its time limit',
  truncated: 'it printed more than Culprit keeps',
  showAll: 'Show all',
  beginning: 'This is the beginning of it.',
  gone: 'The rest is no longer stored.',
  tooLong: 'The rest is too long to show; the report holds it.',
  copyCommand: 'Copy Command',
  runInShell: 'Run in Guest Shell',
  copyOutput: 'Copy output',
  showPath: 'Show as Picture',
  from: 'From',
  to: 'To',
  firstRead: (word) => `When it was first tried: ${word}. The trace told more.`,
  tries: (ok, of) => `${ok} of ${of} tries worked`,
  whyNot: (backend, why) => `Not with ${backend}: ${why}`,
  machine: 'Machine',
  targets: 'Contacted as “the internet”',
};

const zh: TimelinePhrases = {
  kinds: { all: '全部', step: '步骤', probe: '探测', flow: '流量', trace: '跟踪', finding: '发现' },
  filter: '显示',
  chip: (name, count) => `${name}，${count}`,
  search: '搜索',
  clearSearch: '清除搜索',
  list: '时间线；按回车键展开一行',
  latest: '跳到最新',
  nothingYet: '尚无内容。',
  nothingFound: (query) => `没有内容包含“${query}”。`,
  nothingOfKind: '这次运行中没有此类内容。',
  searching: '正在搜索…',
  found: (count) => `${count} 行`,
  states: { running: '进行中', ok: '正常', bad: '问题', warn: '警告', info: '信息', skipped: '已跳过' },
  command: '命令',
  asRoot: '以 root 身份',
  output: '输出',
  errors: '标准错误',
  noOutput: '没有任何输出。',
  noAnswer: '尚无结果，或运行在此之前已结束。',
  exit: (code, ms) => `退出码 ${code}，用时 ${ms}`,
  refused: '没有执行：它需要 root 权限，而这里没有。',
  timedOut: '因超过时限而终止',
  truncated: '输出超过了 Culprit 保留的上限',
  showAll: '显示全部',
  beginning: '这只是开头部分。',
  gone: '其余内容已不再保存。',
  tooLong: '其余内容过长，无法显示；报告中有完整内容。',
  copyCommand: '拷贝命令',
  runInShell: '在虚拟机终端中运行',
  copyOutput: '拷贝输出',
  showPath: '显示为图',
  from: '起点',
  to: '目标',
  firstRead: (word) => `首次测试时：${word}。跟踪后得知更多。`,
  tries: (ok, of) => `${of} 次中成功 ${ok} 次`,
  whyNot: (backend, why) => `未使用 ${backend}：${why}`,
  machine: '机器',
  targets: '作为“互联网”联系的地址',
};

/** What the timeline says around its rows. */
export const TIMELINE_PHRASES: Record<Lang, TimelinePhrases> = { en, 'zh-CN': zh };
