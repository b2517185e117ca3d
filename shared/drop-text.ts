import type { Text } from './text.ts';
import type { KernelDrop } from './trace.ts';
import { visibleLine } from './visible.ts';

/** What the kernel calls it, as short as can be: `IP_RPFILTER (ip_rcv_finish_core)`. */
export function dropName({ reason, function: by }: KernelDrop): string {
  if (reason === undefined) return visibleLine(by ?? '');
  return visibleLine(by === undefined ? reason : `${reason} (${by})`);
}

const ROUTES: Record<NonNullable<KernelDrop['route']>, Text> = {
  none: { en: 'no route leads there', 'zh-CN': '没有通往该处的路由' },
  blackhole: { en: 'its route is “blackhole”', 'zh-CN': '其路由为“blackhole”' },
  unreachable: { en: 'its route is “unreachable”', 'zh-CN': '其路由为“unreachable”' },
  prohibit: { en: 'its route is “prohibit”', 'zh-CN': '其路由为“prohibit”' },
};

function details({ iif, oif, route, backBy }: KernelDrop): Text[] {
  const all: Text[] = [];
  const [came, leaves, back] = [iif, oif, backBy].map((name) => name && visibleLine(name));
  if (came) all.push({ en: `came in by ${came}`, 'zh-CN': `从 ${came} 进入` });
  if (leaves) all.push({ en: `was to leave by ${leaves}`, 'zh-CN': `本应从 ${leaves} 离开` });
  if (route) all.push(ROUTES[route]);
  if (back && back !== came)
    all.push({ en: `the route back to its sender is by ${back}`, 'zh-CN': `回到发送者的路由经由 ${back}` });
  return all;
}

/** How the kernel threw a packet away, as one line without a full stop. */
export function dropText(drop: KernelDrop): Text {
  const more = details(drop);
  const { packets, tries } = drop;
  const en = more.map((text) => `; ${text.en}`).join('');
  const zh = more.map((text) => `；${text['zh-CN']}`).join('');
  return {
    en: `the kernel dropped it: ${dropName(drop)}${en}; so it went with ${packets} packets in ${tries === 1 ? 'one try' : `${tries} tries`}`,
    'zh-CN': `内核丢弃了它：${dropName(drop)}${zh}；${tries} 次尝试中有 ${packets} 个数据包如此`,
  };
}
