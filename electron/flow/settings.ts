import type { Origin } from '../../shared/flow.ts';
import type { Docker } from '../probe/docker.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';
import type { Facts } from '../probe/registry.ts';

/** A proxy that somebody is told to use, and where that stands: `http_proxy` of a container, Docker's own settings. */
export interface ProxyUse {
  /** The container that uses it, or the guest for Docker itself. */
  from: Extract<Origin, { where: 'container' | 'guest' }>;
  host: string;
  port: number;
  setting: string;
}

/** A name that /etc/hosts or --add-host ties to an address, which no name server is asked for then. */
export interface Pin {
  from: Extract<Origin, { where: 'container' | 'guest' }>;
  name: string;
  address: string;
}

function originOf({ name, pid, attachments }: DockerContainer): ProxyUse['from'] {
  const attachment = attachments.find((a) => a.ip);
  const address = attachment?.ip ?? '0.0.0.0';
  return { where: 'container', name, network: attachment?.network ?? '', pid, address };
}

/** Proxies by the settings that name them; each address once from each place. */
export function proxiesOf(running: readonly DockerContainer[], docker: Docker | undefined): ProxyUse[] {
  const all = running.flatMap((c) => readProxies(originOf(c), c.proxyEnv));
  return [...all, ...(docker ? readProxies({ where: 'guest' }, daemonProxies(docker)) : [])];
}

/** What Docker itself is told: by its environment, and before that by `proxies` in daemon.json. */
export function daemonProxies({ proxyEnv, daemonJson }: Docker): Record<string, string> {
  const written = daemonJson?.value.proxies;
  const own = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  const words = own.filter((e): e is [string, string] => typeof e[1] === 'string');
  return { ...Object.fromEntries(words), ...proxyEnv };
}

const DEFAULT_PROXY_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** `http_proxy` and its kin, and `http-proxy` of daemon.json; `no_proxy` lists exceptions and names no proxy. */
function readProxies(from: ProxyUse['from'], settings: Readonly<Record<string, string>>): ProxyUse[] {
  const found = new Map<string, ProxyUse>();
  for (const [setting, value] of Object.entries(settings)) {
    if (!/^(https?|all)[_-]proxy$/i.test(setting) || value === '') continue;
    const url = URL.parse(value.includes('://') ? value : `http://${value}`);
    const port = Number(url?.port) || DEFAULT_PROXY_PORTS[url?.protocol ?? ''] || 1080;
    const host = url?.hostname ?? '';
    if (!/^[A-Za-z0-9._-]{1,253}$/.test(host)) continue;
    if (!found.has(`${host}:${port}`)) found.set(`${host}:${port}`, { from, host, port, setting });
  }
  return [...found.values()];
}

/** The names in hosts files of the guest and of its containers, but those that a container has for itself. */
export function pinsOf(running: readonly DockerContainer[], facts: Facts): Pin[] {
  const inside = facts.containers.ok ? facts.containers.value.containers : [];
  const own = facts.resolver.ok ? facts.resolver.value.hosts : [];
  const theirs = running.flatMap((container) => {
    const hosts = inside.find((c) => c.id === container.id)?.hosts ?? [];
    return hosts
      .filter(({ address }) => !container.attachments.some((a) => a.ip === address))
      .map((entry) => ({ from: originOf(container), ...entry }));
  });
  return [...own.map((entry) => ({ from: { where: 'guest' } as const, ...entry })), ...theirs];
}
