import type { Remarker } from '../remark.ts';
import { undisturbed } from '../select.ts';

/**
 * A container without the capability NET_RAW, as hardened ones are: `ping` in it ends with an error of its own, which many
 * take for a network that is gone. Culprit's own echoes are sent by the VM's root, and come back.
 */
export const noRawSockets: Remarker = (scene) => {
  const names = undisturbed(scene)
    .filter(({ rawSockets }) => !rawSockets)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      code: 'no-raw-sockets',
      says: {
        en: `Programs in ${names.join(', ')} may not open raw sockets: Docker was told to take the capability NET_RAW from them (--cap-drop).`,
        'zh-CN': `${names.join('、')} 中的程序不能打开原始套接字：Docker 被要求去掉了其 NET_RAW 能力（--cap-drop）。`,
      },
      next: {
        en: 'ping, arping and traceroute in there can end with “Operation not permitted” or “are you root?” although the network works: try with TCP (curl, nc), or run the container with --cap-add NET_RAW.',
        'zh-CN':
          '即使网络正常，其中的 ping、arping 和 traceroute 也可能以 “Operation not permitted” 或 “are you root?” 结束：请改用 TCP 测试（curl、nc），或以 --cap-add NET_RAW 运行容器。',
      },
      source: 'https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities',
    },
  ];
};
