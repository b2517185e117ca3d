import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { lines, notInstalled, oneLine, sections } from './lib/answer.ts';
import { type BusValue, readBusctl } from './lib/busctl.ts';
import { readFiles, setting } from './lib/files.ts';
import { type FirewalldPolicy, type FirewalldZone, toPolicy, toZone, words } from './lib/firewalld-model.ts';
import { FIREWALLD_SCRIPT } from './lib/firewalld-script.ts';
import { NOT_INSTALLED } from './lib/phrases.ts';
import { defineProbe } from './probe.ts';

const CONF = '/etc/firewalld/firewalld.conf';
const DIRECT = '/etc/firewalld/direct.xml';

/** `firewall-cmd --direct --add-rule FAMILY TABLE CHAIN PRIORITY ARGS`. */
export interface DirectRule {
  family: string;
  table: string;
  chain: string;
  priority: number;
  args: string[];
}

export interface Firewalld {
  installed: boolean;
  running: boolean;
  /** 1.3.3; null when its Python files were not found. */
  version: string | null;
  /** `nftables` or `iptables`; what /etc/firewalld/firewalld.conf says, empty without it. */
  backend: string;
  /** 2.3+: published container ports are dropped unless the zone opens them. */
  strictForwardPorts: boolean;
  /** firewalld.conf as it is. */
  conf: Record<string, string>;
  /** Takes every interface that no zone claims. */
  defaultZone: string;
  /** Empty unless it runs, as are policies and directRules. Zones in use, and the default zone, as they are in the running firewall. */
  zones: FirewalldZone[];
  /** Policies in use (0.9+). Settings of its own `allow-host-ipv6` are not asked for. */
  policies: FirewalldPolicy[];
  directRules: DirectRule[];
  /** Rules and passthroughs of /etc/firewalld/direct.xml, as they stand there. */
  permanentDirect: string[];
}

function bus(parts: Map<string, string>, name: string): BusValue | null {
  const text = parts.get(name);
  return lines(text).length === 0 ? null : readBusctl(text ?? '');
}

const list = (value: BusValue | null): BusValue[] => (Array.isArray(value) ? value : []);
const dictionary = (value: BusValue | null | undefined): { [key: string]: BusValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** Reads what FIREWALLD_SCRIPT printed. A firewalld that is not running is a fact. */
export function parseFirewalld(answer: Answer): Firewalld {
  const parts = sections(answer.stdout);
  const files = readFiles(parts.get('conf'));
  if (parts.has('no-busctl')) throw notInstalled('busctl');
  const python = [...files.keys()].find((path) => path.endsWith('__init__.py'));
  const conf = Object.fromEntries(
    (files.get(CONF) ?? []).map((l) => [
      oneLine(l.slice(0, l.indexOf('='))),
      oneLine(l.slice(l.indexOf('=') + 1)),
    ]),
  );
  const active = dictionary(bus(parts, 'active'));
  const inUse = dictionary(bus(parts, 'policies'));
  const zoneNames = [...parts.keys()].filter((k) => k.startsWith('zone ')).map((k) => k.slice(5));
  return {
    installed: parts.has('installed'),
    running: parts.has('running'),
    version: python === undefined ? null : setting(files, python, 'VERSION'),
    backend: conf.FirewallBackend ?? '',
    strictForwardPorts: conf.StrictForwardPorts === 'yes',
    conf,
    defaultZone: conf.DefaultZone ?? 'public',
    zones: zoneNames.map((name) => toZone(name, bus(parts, `zone ${name}`), dictionary(active[name]))),
    policies: Object.entries(inUse).map(([name, used]) =>
      toPolicy(name, dictionary(bus(parts, `policy ${name}`)), dictionary(used)),
    ),
    directRules: list(bus(parts, 'direct')).map((rule) => {
      const [family, table, chain, priority, args] = list(rule);
      return {
        family: String(family),
        table: String(table),
        chain: String(chain),
        priority: Number(priority),
        args: words(args),
      };
    }),
    permanentDirect: (files.get(DIRECT) ?? []).map((l) => oneLine(l)),
  };
}

/** firewalld: whether it runs, its zones, policies and direct rules as they are now. */
export const firewalld = defineProbe({
  id: 'firewalld',
  command: {
    purpose: { en: 'firewalld: zones, policies, direct rules', 'zh-CN': 'firewalld：区域、策略、直接规则' },
    script: FIREWALLD_SCRIPT,
    asRoot: true,
    timeoutMs: MAX_COMMAND_MS,
  },
  parse: parseFirewalld,
  summary: (f) => {
    if (!f.installed) return NOT_INSTALLED;
    if (!f.running) return { en: 'installed, not running', 'zh-CN': '已安装，未运行' };
    const version = f.version ?? '?';
    const zones = (unclaimed: string) =>
      f.zones.map((z) => `${z.name} (${z.interfaces.join(' ') || unclaimed})`).join(', ');
    return {
      en: `firewalld ${version}, zones ${zones('default')}`,
      'zh-CN': `firewalld ${version}，区域 ${zones('默认')}`,
    };
  },
});
