import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { type Interface, parseInterfaces } from './interfaces.ts';
import { complaint, lines, needTool, readJson, sections } from './lib/answer.ts';
import { CONTAINERS_SCRIPT } from './lib/containers-script.ts';
import { readFiles } from './lib/files.ts';
import { type HostsEntry, readHosts } from './lib/hosts-file.ts';
import { readIpBatch } from './lib/ip-answer.ts';
import { buildRuleset, NftListing, type Ruleset } from './lib/nft-model.ts';
import { readRuleTexts } from './lib/nft-text.ts';
import { type Listener, readProcSocket } from './lib/proc-net.ts';
import { type Resolver, readResolvConf } from './lib/resolv-conf.ts';
import { type Neighbour, parseNeighbours } from './neighbours.ts';
import { defineProbe, NoFact } from './probe.ts';
import { type PolicyRule, parseRoutes, parseRules, type Route } from './routes.ts';
import { readSysctls, type Sysctls } from './sysctls.ts';

/** A network namespace that one or more containers live in. */
export interface Namespace {
  /** Inode of /proc/PID/ns/net: two containers with the same one share their network. */
  inode: number;
  /** A pid to enter it by: `nsenter -t PID -n`. */
  pid: number;
  interfaces: Interface[];
  routes: Route[];
  rules: PolicyRule[];
  neighbours: Neighbour[];
  /** What listens inside, whoever it is; 127.0.0.11 is Docker's own name server. */
  listeners: Listener[];
  /** Settings of its own: `net.ipv4.ip_default_ttl`, `net.ipv4.ip_local_port_range`, `net.ipv6.bindv6only`. */
  sysctls: Sysctls;
  /** Its own nftables rules, those of iptables-nft among them; null where they could not be looked at. */
  ruleset: Ruleset | null;
}

/** A running container, seen from the kernel's side. Docker's name for it is found by `id`. */
export interface ContainerNet {
  id: string;
  pid: number;
  /** Inode of its network namespace; see `Containers.namespaces`. */
  netns: number;
  /** It runs in the VM's own network namespace (`--network host`). */
  hostNetwork: boolean;
  /** Its /etc/resolv.conf; null when it has none or it is a symbolic link. */
  resolver: Resolver | null;
  /** IPv4 entries of its /etc/hosts, without loopback; Docker's entry for itself is one. */
  hosts: HostsEntry[];
}

export interface Containers {
  containers: ContainerNet[];
  /** Without the VM's own; at most 40. */
  namespaces: Namespace[];
  /** Namespaces that there was no time to enter. */
  left: number;
}

function byPid<T>(text: string | undefined, read: (line: string) => T): Map<number, T[]> {
  const all = new Map<number, T[]>();
  for (const line of lines(text)) {
    const found = /^\/proc\/(\d+)\/(?:net|root\/etc)\/\w[\w.]*:/.exec(line);
    if (!found) continue;
    const pid = Number(found[1]);
    all.set(pid, [...(all.get(pid) ?? []), read(line)]);
  }
  return all;
}

function readNamespace(
  inode: number,
  pid: number,
  parts: ReadonlyMap<string, string>,
  listeners: Listener[],
): Namespace {
  const ip = readIpBatch(parts.get(`ip ${inode}`) ?? '');
  return {
    inode,
    pid,
    interfaces: parseInterfaces(ip.addresses),
    routes: parseRoutes(ip.routes),
    rules: parseRules(ip.rules, 4),
    neighbours: parseNeighbours(ip.neighbours),
    sysctls: readSysctls(readFiles(parts.get(`sysctl ${inode}`))),
    listeners,
    ruleset: readRuleset(parts.get(`nft ${inode}`), parts.get(`nft-text ${inode}`)),
  };
}

/** Rules that can't be read cost no other fact of the namespace. */
function readRuleset(json: string | undefined, text: string | undefined): Ruleset | null {
  if (json === undefined || json.trim() === '') return null;
  try {
    const { nftables } = readJson(json.trim(), NftListing, 'nft -j list ruleset');
    return buildRuleset(nftables, readRuleTexts(text ?? ''));
  } catch {
    return null;
  }
}

/** Reads what CONTAINERS_SCRIPT printed. A namespace that vanished meanwhile is left out; its container stays. */
export function parseContainers(answer: Answer): Containers {
  needTool(answer, 'nsenter');
  const parts = sections(answer.stdout);
  const inodeOf = new Map<number, number>();
  for (const line of lines(parts.get('namespaces'))) {
    const found = /^\s*(\d+) \/proc\/(\d+)\/ns\/net$/.exec(line);
    if (found) inodeOf.set(Number(found[2]), Number(found[1]));
  }
  if (inodeOf.size === 0)
    throw new NoFact(
      'failed',
      complaint(answer, {
        en: 'no network namespace can be read',
        'zh-CN': '无法读取任何网络命名空间',
      }),
    );
  const hostInode = inodeOf.get(1);
  const sockets = byPid(parts.get('sockets'), readProcSocket);
  const afterPath = (line: string) => line.slice(line.indexOf(':') + 1);
  const resolv = byPid(parts.get('resolv'), afterPath);
  const hosts = byPid(parts.get('hosts'), afterPath);
  const containers = lines(parts.get('pids')).flatMap((line): ContainerNet[] => {
    const [id = '', pidText] = line.split(' ');
    const pid = Number(pidText);
    const netns = inodeOf.get(pid);
    if (netns === undefined) return [];
    const conf = resolv.get(pid);
    const resolver = conf === undefined ? null : readResolvConf(conf);
    return [
      { id, pid, netns, hostNetwork: netns === hostInode, resolver, hosts: readHosts(hosts.get(pid) ?? []) },
    ];
  });
  const namespaces: Namespace[] = [];
  for (const { netns: inode, pid } of containers) {
    if (lines(parts.get(`ip ${inode}`)).length === 0 || namespaces.some((n) => n.inode === inode)) continue;
    const listeners = (sockets.get(pid) ?? []).flatMap((socket) => {
      if (socket === null) return [];
      const { inode: _, ...listener } = socket;
      return [listener];
    });
    namespaces.push(readNamespace(inode, pid, parts, listeners));
  }
  const left = [...parts.keys()].filter((part) => part.startsWith('left ')).length;
  return { containers, namespaces, left };
}

/** The namespace a container lives in, or undefined (host network, or more than 40). */
export function namespaceOf(all: Containers, id: string): Namespace | undefined {
  const netns = all.containers.find((c) => c.id === id)?.netns;
  return all.namespaces.find((n) => n.inode === netns);
}

/** Inside of every running container: addresses, routes, resolver, listening sockets. */
export const containers = defineProbe({
  id: 'containers',
  command: {
    purpose: {
      en: 'Inside of the containers: addresses, routes, resolver, listeners',
      'zh-CN': '容器内部：地址、路由、DNS 解析器、监听端口',
    },
    script: CONTAINERS_SCRIPT,
    asRoot: true,
    timeoutMs: MAX_COMMAND_MS,
  },
  parse: parseContainers,
  summary: ({ containers, namespaces, left }) => ({
    en: `${containers.length} containers in ${namespaces.length} network namespaces of their own${left > 0 ? `, and ${left} that there was no time to look into` : ''}`,
    'zh-CN': `${containers.length} 个容器，分布在 ${namespaces.length} 个独立的网络命名空间中${left > 0 ? `，另有 ${left} 个来不及查看` : ''}`,
  }),
});
