import type { FlowResult, FlowSaying } from './flow.ts';
import type { Lang, Text } from './text.ts';

/** What Culprit itself says of how a flow went, where no tool has words for it; `detail` is the flow's. */
const FLOW_SAYINGS: Record<FlowSaying, (detail: string) => Text> = {
  'no-dns-answer': () => ({ en: 'no DNS answer', 'zh-CN': '没有 DNS 应答' }),
  'no-address': () => ({ en: 'no A record', 'zh-CN': '没有 A 记录' }),
  closed: () => ({
    en: 'accepted, then closed without a word',
    'zh-CN': '连接被接受，随即被关闭，没有任何应答',
  }),
  silent: () => ({ en: 'accepted, then silence', 'zh-CN': '连接被接受，之后没有任何应答' }),
  stalled: () => ({ en: 'the answer began and never ended', 'zh-CN': '应答开始后一直没有结束' }),
  'not-there': () => ({ en: 'could not start there', 'zh-CN': '无法从该处发起' }),
  'no-tool': (tool) => ({ en: `the guest has no ${tool}`, 'zh-CN': `虚拟机中没有 ${tool}` }),
  'needs-root': () => ({ en: 'entering a container needs root', 'zh-CN': '进入容器需要 root 权限' }),
  stopped: () => ({ en: 'stopped', 'zh-CN': '已停止' }),
  'not-recorded': () => ({ en: 'not in the recording', 'zh-CN': '录制文件中没有' }),
};

/** What was said about a flow, Culprit's own words in the language asked for and a tool's as they are; '' if nothing was. */
export function flowSaid(
  { outcome, detail, saying, resolved }: Pick<FlowResult, 'outcome' | 'detail' | 'saying' | 'resolved'>,
  lang: Lang,
): string {
  const said = saying === undefined ? detail : FLOW_SAYINGS[saying](detail)[lang];
  if (resolved === undefined) return said;
  const isChinese = lang === 'zh-CN';
  const first = isChinese ? `解析为 ${resolved}` : `resolved to ${resolved}`;
  if (said !== '') return isChinese ? `${first}，之后：${said}` : `${first}, then: ${said}`;
  if (outcome !== 'timeout') return first;
  return isChinese ? `${first}，之后没有任何应答` : `${first}, then silence`;
}
