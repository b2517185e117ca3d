import { z } from 'zod';
import { oneLine } from './answer.ts';
import { settings } from './settings.ts';

/** Docker prints null for an empty list or object. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((x) => x ?? []);
const mapOf = <T extends z.ZodType>(item: T) =>
  z
    .record(z.string(), item)
    .nullish()
    .transform((x) => x ?? {});
const text = z
  .string()
  .nullish()
  .transform((x) => x ?? '');
const switchedOn = z
  .boolean()
  .nullish()
  .transform((x) => x ?? false);
const orNull = (x: string) => (x === '' ? null : x);

const Info = z.object({ ServerVersion: z.string(), FirewallBackend: z.object({ Driver: text }).nullish() });

const RawNetwork = z.object({
  Name: z.string(),
  Id: z.string(),
  Driver: z.string(),
  Scope: text,
  EnableIPv6: switchedOn,
  Internal: switchedOn,
  IPAM: z.object({
    Config: listOf(z.object({ Subnet: text, Gateway: text, IPRange: text })),
  }),
  Options: mapOf(z.string()),
  Labels: mapOf(z.string()),
});

const Binding = z.object({ HostIp: text, HostPort: text });
const RawContainer = z.object({
  Id: z.string(),
  Name: z.string(),
  ResolvConfPath: text,
  /** Starts by Docker itself since somebody last started it. */
  RestartCount: z.number().default(0),
  State: z.object({
    Status: z.string(),
    Pid: z.number().default(0),
    ExitCode: z.number().default(0),
    OOMKilled: switchedOn,
    Error: text,
    StartedAt: text,
    FinishedAt: text,
  }),
  HostConfig: z.object({
    NetworkMode: text,
    RestartPolicy: z.object({ Name: text }).nullish(),
    Sysctls: mapOf(z.string()),
    PortBindings: mapOf(listOf(Binding)),
    Dns: listOf(z.string()),
    DnsSearch: listOf(z.string()),
    DnsOptions: listOf(z.string()),
    ExtraHosts: listOf(z.string()),
    Privileged: switchedOn,
    CapAdd: listOf(z.string()),
    CapDrop: listOf(z.string()),
    SecurityOpt: listOf(z.string()),
    PublishAllPorts: switchedOn,
  }),
  Config: z.object({
    Image: text,
    Hostname: text,
    Env: listOf(z.string()),
    Labels: mapOf(z.string()),
    ExposedPorts: mapOf(z.unknown()),
  }),
  NetworkSettings: z.object({
    Ports: mapOf(listOf(Binding)),
    Networks: mapOf(
      z.object({
        NetworkID: text,
        IPAddress: text,
        GlobalIPv6Address: text,
        Gateway: text,
        IPv6Gateway: text,
        MacAddress: text,
        Aliases: listOf(z.string()),
      }),
    ),
  }),
});

export interface DockerInfo {
  /** Of the daemon: `20.10.24+dfsg1` */
  version: string;
  /** `iptables`, `nftables` (29+), `iptables+firewalld`; null before 28, which knows only iptables. */
  firewallBackend: string | null;
}

export interface DockerNetwork {
  name: string;
  id: string;
  /** bridge, host, null, macvlan, ipvlan, overlay */
  driver: string;
  internal: boolean;
  ipv6: boolean;
  subnets: { subnet: string; gateway: string | null }[];
  options: Record<string, string>;
  /** Its bridge in the VM (docker0, br-…, or the name in com.docker.network.bridge.name); null for other drivers. */
  bridge: string | null;
  /** `com.docker.network.bridge.enable_icc`: containers may talk to each other. */
  icc: boolean;
  masquerade: boolean;
  /** com.docker.network.driver.mtu */
  mtu: number | null;
  /** `com.docker.compose.*` labels. */
  labels: Record<string, string>;
}

export interface Port {
  port: number;
  proto: 'tcp' | 'udp' | 'sctp';
}

/** `hostIp` '0.0.0.0' or '::' or '' is every address; `hostPort` 0 was left to Docker and is not bound yet. */
export interface PublishedPort extends Port {
  hostIp: string;
  hostPort: number;
}

export interface Attachment {
  network: string;
  networkId: string;
  ip: string | null;
  ip6: string | null;
  gateway: string | null;
  gateway6: string | null;
  mac: string | null;
  aliases: string[];
}

export interface DockerContainer {
  id: string;
  /** Without the leading slash. */
  name: string;
  image: string;
  hostname: string;
  /** running, exited, created, restarting, paused, dead */
  state: string;
  exitCode: number;
  /** The kernel killed its main process because it took more memory than it may. */
  oomKilled: boolean;
  /** Docker is to keep it running: its restart policy is `always` or `unless-stopped`. */
  meantToRun: boolean;
  /** How often Docker started it again by itself. */
  restarts: number;
  /** Why the last start failed ("port is already allocated"), or ''. */
  error: string;
  startedAt: string;
  finishedAt: string;
  /** 0 when it does not run. */
  pid: number;
  /** `bridge` (also `default`), `host`, `none`, `container:ID`, or a network's name. */
  networkMode: string;
  /** `--sysctl`: settings of its own network namespace. */
  sysctls: Record<string, string>;
  privileged: boolean;
  /** Its programs may open raw sockets, as ping does: the capability NET_RAW, which Docker gives unless told otherwise. */
  rawSockets: boolean;
  /** What it is confined by besides Docker's own profiles: `apparmor=NAME`, `seccomp`. */
  profiles: string[];
  attachments: Attachment[];
  /** Asked for with -p; known for stopped containers too. */
  wantedPorts: PublishedPort[];
  /** Really bound; empty when it does not run. */
  publishedPorts: PublishedPort[];
  /** EXPOSE, which publishes nothing. */
  exposedPorts: Port[];
  dns: string[];
  dnsSearch: string[];
  dnsOptions: string[];
  extraHosts: string[];
  /** Only http_proxy and its kin, as in the container (`HTTP_PROXY=…`); passwords are ***. */
  proxyEnv: Record<string, string>;
  /** com.docker.compose.project and .service, or null. */
  compose: { project: string; service: string } | null;
  resolvConfPath: string;
}

function readPort(key: string): Port | null {
  const found = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(key);
  return found ? { port: Number(found[1]), proto: (found[2] ?? 'tcp') as Port['proto'] } : null;
}

function readBindings(ports: Record<string, { HostIp: string; HostPort: string }[]>): PublishedPort[] {
  return Object.entries(ports).flatMap(([key, bindings]) => {
    const port = readPort(key);
    if (port === null) return [];
    return bindings.map((b) => ({ ...port, hostIp: b.HostIp, hostPort: Number(b.HostPort) || 0 }));
  });
}

function mayOpenRawSockets(host: { Privileged: boolean; CapAdd: string[]; CapDrop: string[] }): boolean {
  const names = (list: readonly string[]) => list.map((name) => name.toUpperCase().replace(/^CAP_/, ''));
  const has = (list: readonly string[]) => names(list).some((name) => name === 'NET_RAW' || name === 'ALL');
  return host.Privileged || has(host.CapAdd) || !has(host.CapDrop);
}

/** An entry of `--security-opt` that names a profile; of seccomp Docker keeps the whole file. */
function ownProfile(option: string): string[] {
  const [, kind, name = ''] = /^(apparmor|seccomp)[=:]\s*(.*)$/s.exec(option) ?? [];
  if (kind === undefined || ['unconfined', 'docker-default', 'builtin'].includes(name)) return [];
  return [kind === 'seccomp' ? kind : `${kind}=${oneLine(name, 80)}`];
}

/** Names are cleaned of control characters: they end up on screens. */
export function toNetwork(json: unknown): DockerNetwork {
  const raw = RawNetwork.parse(json);
  const option = (name: string) => raw.Options[`com.docker.network.${name}`];
  const bridge = option('bridge.name') ?? (raw.Name === 'bridge' ? 'docker0' : `br-${raw.Id.slice(0, 12)}`);
  return {
    name: oneLine(raw.Name),
    id: raw.Id,
    driver: raw.Driver,
    internal: raw.Internal,
    ipv6: raw.EnableIPv6,
    subnets: raw.IPAM.Config.map((c) => ({ subnet: c.Subnet, gateway: orNull(c.Gateway) })),
    options: raw.Options,
    bridge: raw.Driver === 'bridge' ? bridge : null,
    icc: option('bridge.enable_icc') !== 'false',
    masquerade: option('bridge.enable_ip_masquerade') !== 'false',
    mtu: Number(option('driver.mtu')) || null,
    labels: raw.Labels,
  };
}

export function toContainer(json: unknown): DockerContainer {
  const raw = RawContainer.parse(json);
  const { State: state, HostConfig: host, Config: config, NetworkSettings: net } = raw;
  const project = config.Labels['com.docker.compose.project'];
  const service = config.Labels['com.docker.compose.service'];
  const exposed = [...Object.keys(config.ExposedPorts), ...Object.keys(net.Ports)];
  return {
    id: raw.Id,
    name: oneLine(raw.Name.replace(/^\//, '')),
    image: oneLine(config.Image),
    hostname: oneLine(config.Hostname),
    state: state.Status,
    exitCode: state.ExitCode,
    oomKilled: state.OOMKilled,
    restarts: raw.RestartCount,
    meantToRun: /^(always|unless-stopped)$/.test(host.RestartPolicy?.Name ?? ''),
    error: oneLine(state.Error, 600),
    startedAt: state.StartedAt,
    finishedAt: state.FinishedAt,
    pid: state.Pid,
    networkMode: host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode,
    sysctls: host.Sysctls,
    privileged: host.Privileged,
    rawSockets: mayOpenRawSockets(host),
    profiles: host.Privileged ? [] : host.SecurityOpt.flatMap(ownProfile),
    attachments: Object.entries(net.Networks).map(([network, n]) => ({
      network: oneLine(network),
      networkId: n.NetworkID,
      ip: orNull(n.IPAddress),
      ip6: orNull(n.GlobalIPv6Address),
      gateway: orNull(n.Gateway),
      gateway6: orNull(n.IPv6Gateway),
      mac: orNull(n.MacAddress),
      aliases: n.Aliases,
    })),
    wantedPorts: readBindings(host.PortBindings),
    publishedPorts: readBindings(net.Ports),
    exposedPorts: [...new Set(exposed)].flatMap((key) => readPort(key) ?? []),
    dns: host.Dns,
    dnsSearch: host.DnsSearch,
    dnsOptions: host.DnsOptions,
    extraHosts: host.ExtraHosts,
    proxyEnv: settings(config.Env),
    compose: project === undefined ? null : { project: oneLine(project), service: oneLine(service ?? '') },
    resolvConfPath: raw.ResolvConfPath,
  };
}

export function toInfo(json: unknown): DockerInfo {
  const raw = Info.parse(json);
  return { version: oneLine(raw.ServerVersion), firewallBackend: raw.FirewallBackend?.Driver || null };
}
