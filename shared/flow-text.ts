import type { Lang, Text } from './text.ts';

/**
 * What Culprit itself says of how a flow went, where no tool has words for it. A flow's `detail` holds the English, for
 * rules and scripts read it: a person is shown `flowSaid`.
 */
export const FLOW_SAYINGS = {
  noDnsAnswer: { en: 'no DNS answer', 'zh-CN': '没有 DNS 应答' },
  noAddress: { en: 'no A record', 'zh-CN': '没有 A 记录' },
  closed: { en: 'accepted, then closed without a word', 'zh-CN': '连接被接受，随即被关闭，没有任何应答' },
  silent: { en: 'accepted, then silence', 'zh-CN': '连接被接受，之后没有任何应答' },
  stalled: { en: 'the answer began and never ended', 'zh-CN': '应答开始后一直没有结束' },
  notThere: { en: 'could not start there', 'zh-CN': '无法从该处发起' },
  needsRoot: { en: 'entering a container needs root', 'zh-CN': '进入容器需要 root 权限' },
  stopped: { en: 'stopped', 'zh-CN': '已停止' },
  notRecorded: { en: 'not in the recording', 'zh-CN': '录制文件中没有' },
} satisfies Record<string, Text>;

/** A tool that trying this flow needs is missing. */
export function noTool(tool: string): Text {
  return { en: `the guest has no ${tool}`, 'zh-CN': `虚拟机中没有 ${tool}` };
}

/** A name was resolved; then nothing, or what the tool said, or silence. */
export function resolvedTo(address: string, then?: { said: string } | 'silence'): Text {
  const en = `resolved to ${address}`;
  const zh = `解析为 ${address}`;
  if (then === undefined) return { en, 'zh-CN': zh };
  return then === 'silence'
    ? { en: `${en}, then silence`, 'zh-CN': `${zh}，之后没有任何应答` }
    : { en: `${en}, then: ${then.said}`, 'zh-CN': `${zh}，之后：${then.said}` };
}

/** What was said about a flow, Culprit's own words in the language asked for and a tool's as they are. */
export function flowSaid({ detail }: { detail: string }, lang: Lang): string {
  const own = Object.values(FLOW_SAYINGS).find(({ en }) => en === detail);
  if (own !== undefined) return own[lang];
  const tool = /^the guest has no (\S+)$/.exec(detail)?.[1];
  if (tool !== undefined) return noTool(tool)[lang];
  const [, address, silence, said] =
    /^resolved to (\S+?)(?:(, then silence)|, then: (.*))?$/s.exec(detail) ?? [];
  if (address === undefined) return detail;
  return resolvedTo(address, silence ? 'silence' : said === undefined ? undefined : { said })[lang];
}
