import { proxiesOf } from '../../flow/settings.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import type { Remarker } from '../remark.ts';

/**
 * A container whose programs are told to use a proxy, also for the containers beside it: a proxy somewhere else does not know
 * their names. The network works, and so do all of Culprit's tries, which ask no proxy.
 */
export const matesByProxy: Remarker = ({ facts }) => {
  const all = facts.docker.ok ? facts.docker.value.containers : [];
  const running = all.filter(({ state }) => state === 'running');
  return running.flatMap((container) => {
    const [proxy] = proxiesOf([container], undefined);
    const mates = matesOf(container, running);
    // a proxy that is one of them knows the others
    if (!proxy || mates.some((mate) => namesOf(mate).includes(proxy.host) || hasAddress(mate, proxy.host)))
      return [];
    const excepted = exceptionsOf(container.proxyEnv);
    const asked = mates.filter((mate) => namesOf(mate).some((name) => !isExcepted(name, excepted)));
    if (asked.length === 0) return [];
    const [names, at] = [asked.map(({ name }) => name), `${proxy.host}:${proxy.port}`];
    const list = names.length > 3 ? [...names.slice(0, 3), '…'] : names;
    return [
      {
        code: 'mates-by-proxy',
        says: {
          en: `Programs in ${container.name} are told to ask the proxy ${at} (${proxy.setting}) even for ${list.join(', ')}, for no_proxy does not except them.`,
          'zh-CN': `${container.name} 中的程序被设置为连访问 ${list.join('、')} 也经由代理 ${at}（${proxy.setting}），因为 no_proxy 未将它们排除。`,
        },
        next: {
          en: `A proxy elsewhere does not know the names of containers: such requests fail although the network works. Add them to no_proxy: ${list.join(',')}.`,
          'zh-CN': `外部的代理不认识容器的名称：即使网络正常，这类请求也会失败。请将它们加入 no_proxy：${list.join(',')}。`,
        },
        source: 'https://docs.docker.com/engine/cli/proxy/',
      },
    ];
  });
};

/** The containers that it can call by name: those on a network that it is on, but for the default one, which has no names. */
function matesOf({ id, attachments }: DockerContainer, running: readonly DockerContainer[]) {
  const networks = new Set(attachments.map(({ network }) => network));
  networks.delete('bridge');
  return running.filter((c) => c.id !== id && c.attachments.some(({ network }) => networks.has(network)));
}

/** A container's name, and those that compose and its maker gave it; its id is one of the aliases, which nobody calls it by. */
function namesOf({ id, name, attachments }: DockerContainer): string[] {
  return [name, ...attachments.flatMap(({ aliases }) => aliases.filter((alias) => !id.startsWith(alias)))];
}

const hasAddress = ({ attachments }: DockerContainer, address: string) =>
  attachments.some(({ ip }) => ip === address);

/** `no_proxy`: names, domains with their dot or without, `*`, and addresses, between commas. */
function exceptionsOf(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings)
    .filter(([name]) => name.toLowerCase() === 'no_proxy')
    .flatMap(([, value]) => value.toLowerCase().split(/[\s,]+/))
    .map((word) => word.replace(/^\*?\./, ''))
    .filter((word) => word !== '');
}

function isExcepted(name: string, exceptions: readonly string[]): boolean {
  const asked = name.toLowerCase();
  return exceptions.some((word) => word === '*' || asked === word || asked.endsWith(`.${word}`));
}
