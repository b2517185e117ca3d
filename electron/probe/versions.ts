import { ITEMS, joined, same, type Text } from '../../shared/text.ts';
import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { lines, oneLine, sections } from './lib/answer.ts';
import { script } from './lib/script.ts';
import { defineProbe } from './probe.ts';

/** Programs whose presence decides what we can do. */
export const TOOLS = [
  'sh',
  'bash',
  'perl',
  'python3',
  'awk',
  'sed',
  'timeout',
  'setsid',
  'sudo',
  'ip',
  'tc',
  'ss',
  'ping',
  'bridge',
  'ethtool',
  'sysctl',
  'nsenter',
  'conntrack',
  'tcpdump',
  'nft',
  'iptables',
  'ip6tables',
  'iptables-save',
  'iptables-nft',
  'iptables-nft-save',
  'iptables-legacy',
  'iptables-legacy-save',
  'xtables-monitor',
  'ebtables',
  'ipset',
  'docker',
  'dockerd',
  'podman',
  'firewalld',
  'firewall-cmd',
  'ufw',
  'busctl',
  'systemctl',
  'journalctl',
  'resolvectl',
  'curl',
  'wget',
  'nc',
  'socat',
  'dig',
  'host',
  'getent',
  'modprobe',
  'dmesg',
  'bpftool',
  'strace',
] as const; // prettier-ignore
export type Tool = (typeof TOOLS)[number];

/** `command -v` is built into the shell: 50 look-ups cost no process. */
const SCRIPT = script(`
echo @@tools
for t in ${TOOLS.join(' ')} /usr/libexec/platform-python; do command -v "$t"; done
echo @@iptables
iptables --version 2>&1
echo @@nft
nft --version 2>&1
echo @@systemd
echo /usr/lib/systemd/libsystemd-shared-*.so /usr/lib/*/systemd/libsystemd-shared-*.so /lib/systemd/libsystemd-shared-*.so
`);

/** How /usr/sbin/iptables reaches the kernel. `legacy` also for versions that do not say (before 1.8). */
export type IptablesBackend = 'nf_tables' | 'legacy';

export interface Versions {
  /** Absolute path of each tool that is there. */
  tools: Partial<Record<Tool, string>>;
  /** A Python 3: python3 on the PATH, or EL8's platform-python, which is not. */
  python: string | null;
  /** `1.8.9`; null when not installed. */
  iptables: { version: string; backend: IptablesBackend } | null;
  nft: string | null;
  systemd: number | null;
}

/** Reads the tools' paths and the three version lines. */
export function parseVersions(stdout: string): Versions {
  const parts = sections(stdout);
  const tools: Partial<Record<Tool, string>> = {};
  let platformPython: string | null = null;
  for (const path of lines(parts.get('tools'))) {
    const tool = TOOLS.find((t) => path.endsWith(`/${t}`));
    if (tool !== undefined) tools[tool] = oneLine(path);
    else if (path.endsWith('/platform-python')) platformPython = path;
  }
  const xt = /^iptables v(\d[\w.-]*)(?: \((\w+)\))?/m.exec(parts.get('iptables') ?? '');
  return {
    tools,
    python: tools.python3 ?? platformPython,
    iptables:
      xt === null ? null : { version: xt[1] ?? '', backend: xt[2] === 'nf_tables' ? 'nf_tables' : 'legacy' },
    nft: /^nftables v(\d[\w.-]*)/m.exec(parts.get('nft') ?? '')?.[1] ?? null,
    systemd: Number(/shared-(\d+)/.exec(parts.get('systemd') ?? '')?.[1] ?? Number.NaN) || null,
  };
}

function none(tool: string): Text {
  return { en: `no ${tool}`, 'zh-CN': `没有 ${tool}` };
}

/** Which tools the VM has, and the versions of those whose output or abilities differ. */
export const versions = defineProbe({
  id: 'versions',
  command: {
    purpose: { en: 'Tools and their versions', 'zh-CN': '工具及其版本' },
    script: SCRIPT,
    timeoutMs: MAX_COMMAND_MS,
  },
  parse: (answer: Answer) => parseVersions(answer.stdout),
  summary: ({ iptables, nft, tools }) => {
    const n = Object.keys(tools).length;
    return joined(
      [
        iptables === null ? none('iptables') : same(`iptables ${iptables.version} (${iptables.backend})`),
        nft === null ? none('nft') : same(`nft ${nft}`),
        { en: `${n} tools`, 'zh-CN': `${n} 个工具` },
      ],
      ITEMS,
    );
  },
});
