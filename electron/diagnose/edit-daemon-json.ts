import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';

/** A setting in daemon.json is to be changed by hand: what it should be only its owner knows. */
export function editDaemonJson(title: Text): Fix {
  return {
    title,
    commands: [
      'cp -a /etc/docker/daemon.json /etc/docker/daemon.json.bak',
      'editor /etc/docker/daemon.json',
      'systemctl restart docker',
    ],
    undo: ['mv /etc/docker/daemon.json.bak /etc/docker/daemon.json', 'systemctl restart docker'],
    applies: 'told',
    warning: {
      en: 'Restarts every container, unless live-restore is on.',
      'zh-CN': '会重启所有容器（除非启用了 live-restore）。',
    },
  };
}
