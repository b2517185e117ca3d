import type { Fix } from '../../shared/cause.ts';
import { natServer } from './dead-server.ts';
import type { Scene } from './rule.ts';

/** Has /etc/resolv.conf name VirtualBox NAT's server in place of those that do not answer. */
export function resolvConfFix(servers: string, scene: Scene): Fix {
  const good = natServer(scene) ?? '10.0.2.3';
  return {
    title: {
      en: `Use VirtualBox NAT's name server ${good}`,
      'zh-CN': `改用 VirtualBox NAT 的 DNS 服务器 ${good}`,
    },
    commands: [
      'cp -a /etc/resolv.conf /etc/resolv.conf.bak',
      `sed -i 's/^nameserver .*/nameserver ${good}/' /etc/resolv.conf`,
    ],
    undo: ['mv /etc/resolv.conf.bak /etc/resolv.conf'],
    applies: 'at-once',
    applied: {
      edits: [
        { how: 'replace', path: '/etc/resolv.conf', begins: 'nameserver ', line: `nameserver ${good}` },
      ],
      commands: [],
      undo: [],
    },
    warning: {
      en: `Where a service writes that file, change ${servers} in its settings instead. Containers take it over when they are restarted.`,
      'zh-CN': `若该文件由某个服务生成，请改为在其配置中修改 ${servers}。容器重启后才会使用新设置。`,
    },
    containersRestart: true,
  };
}
