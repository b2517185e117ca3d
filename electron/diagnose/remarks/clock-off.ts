import type { Remarker } from '../remark.ts';

/** Tokens of registries are good for some minutes only; whatever is smaller hurts nobody. Seconds. */
const MUCH = 300;

/**
 * The guest's clock is not this computer's: certificates look expired or not yet valid, and whatever speaks TLS fails
 * although the network works. So it is after a VM was saved or paused, or without VirtualBox's Guest Additions and NTP.
 */
export const clockOff: Remarker = ({ facts }, lookedAt) => {
  const clock = facts.system.ok ? facts.system.value.clock : null;
  if (clock === null || lookedAt === undefined) return [];
  const ahead = Math.max(0, clock - lookedAt.to);
  const behind = Math.max(0, lookedAt.from - clock);
  const off = Math.max(ahead, behind);
  if (off < MUCH) return [];
  const [en, zh] = span(off);
  return [
    {
      code: 'clock-off',
      says: {
        en: `The VM’s clock is ${en} ${ahead > 0 ? 'ahead of' : 'behind'} this computer’s.`,
        'zh-CN': `虚拟机的时钟比本机${ahead > 0 ? '快' : '慢'} ${zh}。`,
      },
      next: {
        en: 'Certificates and tokens look expired or not yet valid then, so that docker pull and all else that speaks TLS can fail although the network works. Set it (sudo timedatectl set-ntp true), and install VirtualBox’s Guest Additions, which keep it right.',
        'zh-CN':
          '此时证书和令牌会显得已过期或尚未生效，即使网络正常，docker pull 等使用 TLS 的操作也可能失败。请校准时钟（sudo timedatectl set-ntp true），并安装 VirtualBox 增强功能以保持准确。',
      },
      source: 'https://www.virtualbox.org/manual/topics/guestadditions.html',
    },
  ];
};

/** A span of time in its largest whole unit. */
function span(seconds: number): [en: string, zh: string] {
  const units = [
    [86_400, 'day', '天'],
    [3_600, 'hour', '小时'],
    [60, 'minute', '分钟'],
  ] as const;
  const [size, en, zh] = units.find(([size]) => seconds >= size) ?? units[2];
  const n = Math.floor(seconds / size);
  return [`${n} ${en}${n === 1 ? '' : 's'}`, `${n} ${zh}`];
}
