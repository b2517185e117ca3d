import ipaddr from 'ipaddr.js';
import type { Origin } from '../../shared/flow.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';

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
export function proxiesOf(running: readonly DockerContainer[], ofDocker: unknown): ProxyUse[] {
  const all = running.flatMap((c) => readProxies(originOf(c), c.proxyEnv));
  const own = typeof ofDocker === 'object' && ofDocker !== null ? Object.entries(ofDocker) : [];
  const words = own.filter((e): e is [string, string] => typeof e[1] === 'string');
  return [...all, ...readProxies({ where: 'guest' }, Object.fromEntries(words))];
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

/** `--add-host name:address` and compose's extra_hosts; `host-gateway` stands for an address that only Docker knows. */
export function pinsOf(container: DockerContainer): Pin[] {
  return container.extraHosts.flatMap((entry) => {
    const [, name = '', address = ''] = /^([^:=\s]+)[:=](.+)$/.exec(entry) ?? [];
    return ipaddr.IPv4.isValid(address) ? [{ from: originOf(container), name, address }] : [];
  });
}
