import type { Grade, Owner, Verdict } from './cause.ts';
import type { Origin, Outcome } from './flow.ts';
import type { Residue, ResidueReason } from './residue.ts';
import type { FactReason, StepId } from './run.ts';
import { same, type Text } from './text.ts';
import type { Journey } from './trace.ts';

/** How a flow ended, in a word or two that fit into a cell. */
export const OUTCOME_WORDS: Record<Outcome, Text> = {
  ok: { en: 'ok', 'zh-CN': '正常' },
  refused: { en: 'refused', 'zh-CN': '被拒绝' },
  timeout: { en: 'timeout', 'zh-CN': '超时' },
  unreachable: { en: 'unreachable', 'zh-CN': '不可达' },
  prohibited: { en: 'prohibited', 'zh-CN': '被禁止' },
  'name-not-found': { en: 'name not found', 'zh-CN': '找不到域名' },
  reset: { en: 'reset', 'zh-CN': '被重置' },
  'stalls-when-large': { en: 'stalls when large', 'zh-CN': '数据大时卡住' },
  skipped: { en: 'skipped', 'zh-CN': '已跳过' },
};

/** What each step of a run does. */
export const STEP_WORDS: Record<StepId, Text> = {
  discover: { en: 'Find the machine', 'zh-CN': '查找虚拟机' },
  connect: { en: 'Connect', 'zh-CN': '连接' },
  before: { en: 'Note the state before', 'zh-CN': '记录之前的状态' },
  probe: { en: 'Read the settings', 'zh-CN': '读取设置' },
  flow: { en: 'Try who reaches what', 'zh-CN': '测试连通情况' },
  trace: { en: 'Follow the packets that fail', 'zh-CN': '跟踪失败的数据包' },
  diagnose: { en: 'Work out the cause', 'zh-CN': '分析原因' },
  after: { en: 'Check that nothing is left behind', 'zh-CN': '确认没有残留' },
  trial: { en: 'Try a change, and take it back', 'zh-CN': '试改并撤销' },
  fix: { en: 'Fix it', 'zh-CN': '修复' },
  undo: { en: 'Take the fix back', 'zh-CN': '撤销修复' },
};

/** The verdict as a heading. */
export const VERDICT_WORDS: Record<Verdict, Text> = {
  healthy: { en: 'Healthy', 'zh-CN': '一切正常' },
  problem: { en: 'Problem found', 'zh-CN': '发现问题' },
  'cannot-tell': { en: 'Cannot tell', 'zh-CN': '无法判断' },
  fixed: { en: 'Fixed', 'zh-CN': '已修复' },
};

/** How sure Culprit is, and what that word means. */
export const GRADE_WORDS: Record<Grade, { name: Text; meaning: Text }> = {
  confirmed: {
    name: { en: 'confirmed', 'zh-CN': '已证实' },
    meaning: {
      en: 'a trial change made the failing traffic work, and taking it back broke it again',
      'zh-CN': '试改之后失败的流量恢复正常，撤销后又再次失败',
    },
  },
  traced: {
    name: { en: 'traced', 'zh-CN': '已跟踪到' },
    meaning: { en: 'a traced packet died at this very place', 'zh-CN': '被跟踪的数据包正是在这里终止的' },
  },
  inferred: {
    name: { en: 'inferred', 'zh-CN': '推断' },
    meaning: {
      en: 'configuration and failing traffic point to it; no packet was seen to die there',
      'zh-CN': '由配置和失败的流量推断得出，没有亲眼看到数据包在此终止',
    },
  },
};

/** Who put a rule or setting there. */
export const OWNER_WORDS: Record<Owner, Text> = {
  firewalld: same('firewalld'),
  docker: same('Docker'),
  ufw: same('ufw'),
  podman: same('Podman'),
  libvirt: same('libvirt'),
  kubernetes: same('Kubernetes'),
  administrator: { en: 'added by hand or by a script', 'zh-CN': '由管理员或脚本添加' },
  kernel: { en: 'the kernel', 'zh-CN': '内核' },
  virtualbox: same('VirtualBox'),
  unknown: { en: 'unknown', 'zh-CN': '未知' },
};

/** How a packet's journey ended. */
export const END_WORDS: Record<Journey['end'], Text> = {
  delivered: { en: 'delivered', 'zh-CN': '已送达' },
  dropped: { en: 'dropped', 'zh-CN': '被丢弃' },
  rejected: { en: 'rejected', 'zh-CN': '被拒绝' },
  lost: { en: 'lost after its last stop', 'zh-CN': '在最后一站之后丢失' },
  passed: { en: 'let through by everything that was seen', 'zh-CN': '通过了所有看到的链' },
};

/** The request, or what came back. */
export const DIRECTION_WORDS: Record<Journey['direction'], Text> = {
  request: { en: 'Request', 'zh-CN': '请求' },
  reply: { en: 'Reply', 'zh-CN': '回复' },
};

/** Why a fact could not be had. */
export const FACT_REASON_WORDS: Record<FactReason, Text> = {
  'tool-missing': { en: 'the tool is not installed', 'zh-CN': '没有安装该工具' },
  'no-root': { en: 'needs root', 'zh-CN': '需要 root 权限' },
  timeout: { en: 'took too long', 'zh-CN': '耗时过长' },
  failed: { en: 'failed', 'zh-CN': '执行失败' },
  unreadable: { en: 'the answer could not be read', 'zh-CN': '无法解析输出' },
  'does-not-apply': { en: 'does not apply here', 'zh-CN': '不适用' },
};

const RESIDUE_REASON_WORDS: Record<ResidueReason, Text> = {
  'no-root': FACT_REASON_WORDS['no-root'],
  timeout: FACT_REASON_WORDS.timeout,
  'cut-off': { en: 'the list was cut off', 'zh-CN': '列表被截断' },
  'not-reached': { en: 'the run ended before that', 'zh-CN': '运行在此之前已结束' },
};

/** Why it could not be checked what is left of a run. */
export function residueReason({ reason }: Residue): Text {
  return reason === undefined ? same('?') : RESIDUE_REASON_WORDS[reason];
}

/** Who starts the traffic, as a column or row heading. */
export function originWords(from: Origin): Text {
  switch (from.where) {
    case 'mac':
      return { en: 'this computer', 'zh-CN': '本机' };
    case 'guest':
      return { en: 'the VM itself', 'zh-CN': '虚拟机本身' };
    case 'container':
      return same(`${from.name} (${from.network})`);
    case 'endpoint':
      return { en: `test endpoint (${from.network})`, 'zh-CN': `测试端点（${from.network}）` };
  }
}
