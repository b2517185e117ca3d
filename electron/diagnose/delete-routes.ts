import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import type { Route } from '../probe/routes.ts';
import { routeText } from './routing.ts';

/** The fix that deletes routes which lead away; `enter`: what goes before the commands, to be in a container. */
export function deleteRoutes(routes: readonly Route[], warning: Text, enter = ''): Fix {
  return {
    title: {
      en: routes.length === 1 ? 'Delete the route' : 'Delete these routes',
      'zh-CN': '删除这些路由',
    },
    commands: routes.map((r) => `${enter}ip route del ${routeText(r)}`),
    undo: routes.toReversed().map((r) => `${enter}ip route add ${routeText(r)}`),
    applies: 'at-once',
    trial: 'itself',
    warning,
  };
}
