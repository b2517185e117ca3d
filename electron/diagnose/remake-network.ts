import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';

const TITLE: Text = {
  en: 'Make the network again with another subnet',
  'zh-CN': '使用其他子网重新创建该网络',
};
const WARNING: Text = {
  en: 'Its containers have to be disconnected first.',
  'zh-CN': '需要先断开其上的容器。',
};

/** Makes a Docker network that has `subnet` again with one that hardly anybody uses. */
export function remakeNetwork(name: string, subnet: string, title = TITLE, warning = WARNING): Fix {
  const again = (subnet: string) => [
    `docker network rm ${quoteWhereNeeded(name)}`,
    `docker network create --subnet ${quoteWhereNeeded(subnet)} ${quoteWhereNeeded(name)}`,
  ];
  return { title, commands: again('192.168.200.0/24'), undo: again(subnet), warning, applies: 'told' };
}
