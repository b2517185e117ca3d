import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';

const WARNING: Text = { en: 'Stops what runs in it for a moment.', 'zh-CN': '会短暂停止其中的程序。' };

/** Restarts a container, by which Docker sets its network up anew. */
export function restartContainer(name: string, warning = WARNING): Fix {
  return {
    title: { en: 'Restart the container', 'zh-CN': '重启该容器' },
    commands: [`docker restart ${quoteWhereNeeded(name)}`],
    undo: [],
    applies: 'told',
    warning,
  };
}
