import { same, type Text } from '../../shared/text.ts';
import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { complaint, lines, notInstalled, oneLine, sections } from './lib/answer.ts';
import {
  type DockerContainer,
  type DockerInfo,
  type DockerNetwork,
  toContainer,
  toInfo,
  toNetwork,
} from './lib/docker-model.ts';
import { DOCKER_SCRIPT } from './lib/docker-script.ts';
import { settings } from './lib/settings.ts';
import { readUnits, type Unit } from './lib/units.ts';
import { defineProbe, NoFact } from './probe.ts';

/** /etc/docker/daemon.json. `text` has passwords and tokens replaced by ***. */
export interface DaemonJson {
  text: string;
  /** null when it is valid. */
  error: string | null;
  value: Record<string, unknown>;
}

/** Which image it was, dockerd's journal does not say. */
export interface FailedPull {
  /** The guest's time, as `2026-11-27T23:41:57Z`. */
  at: string;
  /** In dockerd's words; passwords are ***. */
  reason: string;
}

export interface Docker {
  engine: 'docker';
  running: boolean;
  /** docker.service as systemd sees it; asked only when dockerd does not run or does not answer. */
  unit: Unit | null;
  /** Last telling lines of its journal, when it is not running. */
  journal: string[];
  daemonJson: DaemonJson | null;
  /** `HTTP_PROXY` and its kin in the daemon's own environment; passwords are ***. */
  proxyEnv: Record<string, string>;
  /** Of dockerd's command line, what it was told about the network: `iptables` to false for `--iptables=false`. */
  flags: Record<string, boolean>;
  /** null when it is not running. */
  info: DockerInfo | null;
  networks: DockerNetwork[];
  containers: DockerContainer[];
  /** The last image that it could not fetch, within the last hour. */
  failedPull: FailedPull | null;
  /** How many containers there are; more than `containers` holds when there are very many. */
  containerCount: number;
}

const SILENT: Text = { en: 'the Docker daemon gives no answer', 'zh-CN': 'Docker 守护进程没有应答' };

function readDaemonJson(text: string): DaemonJson {
  if (text.trim() === '') return { text: '', error: null, value: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { text, error: null, value: { ...value } };
    return { text, error: 'not a JSON object', value: {} };
  } catch (error) {
    return { text, error: error instanceof Error ? error.message : 'not JSON', value: {} };
  }
}

const readFlags = (lines: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^--([a-z-]+)=(true|false)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value === 'true']];
    }),
  );

/** As dockerd 20.10 to 26.1 writes into its journal: `time="…" level=error msg="Handler for … returned error: …"`. */
const FAILED_PULL =
  /^time="([\d-]{10}T[\d:]{8})[^"]*" level=\w+ msg="(?:Not continuing with pull after error|Handler for \S+ \S*\/images\/create returned error): ((?:[^"\\]|\\.)+)"/;

function readFailedPull(text = ''): FailedPull | null {
  const [, time, reason] = FAILED_PULL.exec(text.trim()) ?? [];
  if (time === undefined || reason === undefined) return null;
  return { at: `${time}Z`, reason: oneLine(reason.replace(/\\(["\\])/g, '$1'), 500) };
}

/** Was dockerd told not to: by `"NAME": false` in daemon.json, or by `--NAME=false` on its command line? */
export function toldNotTo({ daemonJson, flags }: Docker, name: string): boolean {
  return daemonJson?.value[name] === false || flags[name] === false;
}

/** Docker's answers, one JSON document a line, told apart by their shape: both ways of asking give the same. */
function readDocuments(text: string, into: Docker): void {
  for (const line of lines(text)) {
    const json: unknown = JSON.parse(line);
    const each: unknown[] = Array.isArray(json) ? json : [json];
    for (const item of each) {
      if (typeof item !== 'object' || item === null) continue;
      if ('ServerVersion' in item) into.info = toInfo(item);
      else if ('HostConfig' in item) into.containers.push(toContainer(item));
      else if ('IPAM' in item) into.networks.push(toNetwork(item));
    }
  }
}

/**
 * Reads what DOCKER_SCRIPT printed. A daemon that is silent because it is just starting, which may be again and again, does not
 * run. Throws `tool-missing` without Docker, `failed` when a running daemon gave no answer.
 */
export function parseDocker(answer: Answer): Docker {
  const parts = sections(answer.stdout);
  if (parts.has('no-docker')) throw notInstalled('Docker');
  const unit = readUnits(parts.get('service') ?? '')[0] ?? null;
  if (parts.has('silent') && unit?.active !== 'activating' && unit?.active !== 'failed') {
    const reason = /permission denied/i.test(answer.stderr) ? 'no-root' : 'failed';
    throw new NoFact(reason, complaint(answer, SILENT));
  }
  const documents = parts.get('socket') ?? parts.get('command');
  const version = oneLine(parts.get('version') ?? '', 40);
  const docker: Docker = {
    engine: 'docker',
    running: documents !== undefined,
    unit: unit?.loaded ? unit : null,
    journal: lines(parts.get('journal')).map((l) => oneLine(l, 500)),
    daemonJson: parts.has('daemon-json-there') ? readDaemonJson(parts.get('daemon-json') ?? '') : null,
    proxyEnv: settings(lines(parts.get('proxy'))),
    flags: readFlags(lines(parts.get('proxy'))),
    info: version === '' ? null : { version, firewallBackend: null },
    networks: [],
    containers: [],
    failedPull: readFailedPull(parts.get('pull')),
    containerCount: Number(parts.get('count')) || 0,
  };
  if (documents !== undefined) {
    readDocuments(documents, docker);
    if (docker.info === null) throw new NoFact('failed', complaint(answer, SILENT));
  }
  return docker;
}

/** Docker: its daemon, networks and containers. */
export const docker = defineProbe({
  id: 'docker',
  command: {
    purpose: { en: "Docker's daemon, networks and containers", 'zh-CN': 'Docker 守护进程、网络和容器' },
    script: DOCKER_SCRIPT,
    asRoot: true,
    timeoutMs: MAX_COMMAND_MS,
  },
  alsoWithoutRoot: true,
  parse: parseDocker,
  summary: (d) => {
    if (d.info === null) {
      const { unit } = d;
      const state: Text =
        unit === null ? { en: 'no service', 'zh-CN': '没有服务' } : same(`${unit.active}, ${unit.result}`);
      return { en: `Docker is not running (${state.en})`, 'zh-CN': `Docker 未运行（${state['zh-CN']}）` };
    }
    const running = d.containers.filter((c) => c.state === 'running').length;
    return {
      en: `Docker ${d.info.version}: ${d.networks.length} networks, ${running} of ${d.containerCount} containers running`,
      'zh-CN': `Docker ${d.info.version}：${d.networks.length} 个网络，${d.containerCount} 个容器中有 ${running} 个在运行`,
    };
  },
});
