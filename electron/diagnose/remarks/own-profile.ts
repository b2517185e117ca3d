import type { Remarker } from '../remark.ts';
import { undisturbed } from '../select.ts';

/**
 * A container under a profile of AppArmor or seccomp that is not Docker's: it can forbid its programs to open sockets, which no
 * packet shows. Culprit's own flows start in the container's network and not under its profile.
 */
export const ownProfile: Remarker = (scene) => {
  const confined = undisturbed(scene).filter(({ profiles }) => profiles.length > 0);
  if (confined.length === 0) return [];
  const list = confined.map(({ name, profiles }) => `${name} (${profiles.join(', ')})`);
  return [
    {
      code: 'own-profile',
      says: {
        en: `${list.join(', ')} ${list.length === 1 ? 'runs' : 'run'} under a security profile that is not Docker’s own. Culprit’s flows are not under it, and what it forbids is not seen.`,
        'zh-CN': `${list.join('、')} 运行在非 Docker 自带的安全配置之下。Culprit 的测试流量不受其约束，因此看不到它禁止了什么。`,
      },
      next: {
        en: 'Where its programs say “Permission denied” or “Operation not permitted” as they open a connection, look into that profile (dmesg has what AppArmor denied), or try once without it.',
        'zh-CN':
          '如果其中的程序在建立连接时报告 “Permission denied” 或 “Operation not permitted”，请检查该配置（AppArmor 的拒绝记录在 dmesg 中），或暂时不使用它再试一次。',
      },
      source: 'https://docs.docker.com/engine/security/apparmor/',
    },
  ];
};
