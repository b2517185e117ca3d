import type { RemedyKind } from '../../../shared/remedy.ts';
import type { Lang } from '../../../shared/text.ts';

interface RowPhrases {
  started(machine: string, isUndo: boolean): string;
  opened(file: string): string;
  flow(from: string, to: string): string;
  journey(direction: string, way: string): string;
  tracer(backend: string): string;
  tracerNone: string;
  remedy(kind: string, title: string): string;
  remedies: Record<RemedyKind, string>;
  cannotTell(rule: string): string;
  broke(rule: string): string;
  residue: string;
  clean: string;
  left(lines: number): string;
  unchecked(reason: string): string;
  refused: string;
  timedOut: string;
  exit(code: number): string;
  why(what: string, why: string): string;
  endAt(word: string, chain: string, rule: string): string;
  ended: Record<'done' | 'cancelled' | 'failed', string>;
}

/** What rows of the timeline say. */
export const ROW_PHRASES: Record<Lang, RowPhrases> = {
  en: {
    started: (machine, isUndo) => (isUndo ? `Undo on ${machine} began` : `Diagnosis of ${machine} began`),
    opened: (file) => `Reading of ${file} began`,
    flow: (from, to) => `${from} → ${to}`,
    journey: (direction, way) => `${direction}: ${way}`,
    tracer: (backend) => `Packets are followed with ${backend}`,
    tracerNone: 'Nothing on this machine can follow packets',
    remedy: (kind, title) => `${kind}: ${title}`,
    remedies: { trial: 'Trial', fix: 'Fix', undo: 'Undo' },
    cannotTell: (rule) => `Rule “${rule}” cannot tell`,
    broke: (rule) => `Rule “${rule}” broke, a bug in Culprit`,
    residue: 'What was left behind',
    clean: 'nothing: rules, sysctls, interfaces and processes are as before',
    left: (lines) => (lines === 1 ? 'one line differs from before' : `${lines} lines differ from before`),
    unchecked: (reason) => `could not be checked: ${reason}`,
    refused: 'not run: it needs root',
    timedOut: 'ended by its time limit',
    exit: (code) => `exit code ${code}`,
    why: (what, why) => `${what}: ${why}`,
    endAt: (word, chain, rule) => `${word} at ${chain}: ${rule}`,
    ended: { done: 'Finished', cancelled: 'Stopped', failed: 'Failed' },
  },
  'zh-CN': {
    started: (machine, isUndo) => (isUndo ? `开始在 ${machine} 中撤销` : `开始诊断 ${machine}`),
    opened: (file) => `开始读取 ${file}`,
    flow: (from, to) => `${from} → ${to}`,
    journey: (direction, way) => `${direction}：${way}`,
    tracer: (backend) => `使用 ${backend} 跟踪数据包`,
    tracerNone: '这台机器上没有可以跟踪数据包的工具',
    remedy: (kind, title) => `${kind}：${title}`,
    remedies: { trial: '试改', fix: '修复', undo: '撤销' },
    cannotTell: (rule) => `规则“${rule}”无法判断`,
    broke: (rule) => `规则“${rule}”出错，这是 Culprit 的缺陷`,
    residue: '残留检查',
    clean: '没有残留：规则、sysctl、网络接口和进程与之前一致',
    left: (lines) => `有 ${lines} 行与之前不同`,
    unchecked: (reason) => `无法检查：${reason}`,
    refused: '没有执行：需要 root 权限',
    timedOut: '因超过时限而终止',
    exit: (code) => `退出码 ${code}`,
    why: (what, why) => `${what}：${why}`,
    endAt: (word, chain, rule) => `${word}，位于 ${chain}：${rule}`,
    ended: { done: '完成', cancelled: '已停止', failed: '失败' },
  },
};
