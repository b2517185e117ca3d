import type { BusValue } from './busctl.ts';

/** Where Docker puts its bridges. */
export const DOCKER_ZONE = 'docker';

export interface FirewalldZone {
  name: string;
  /** `default` (reject), ACCEPT, DROP, %%REJECT%% */
  target: string;
  interfaces: string[];
  sources: string[];
  services: string[];
  /** `80/tcp` */
  ports: string[];
  masquerade: boolean;
  /** Intra-zone forwarding (0.9+); false before, where there is none. */
  forward: boolean;
  /** `port=80:proto=tcp:toport=8080:toaddr=` */
  forwardPorts: string[];
  richRules: string[];
}

export interface FirewalldPolicy {
  name: string;
  /** Zones, or HOST, ANY. */
  ingress: string[];
  egress: string[];
  /** CONTINUE, ACCEPT, REJECT, DROP; '' when it was not asked for. */
  target: string;
  priority: number | null;
  masquerade: boolean;
  richRules: string[];
}

type Settings = { [key: string]: BusValue };

/** A list of strings, whatever came. */
export function words(value: BusValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

const joined = (value: BusValue | undefined, glue: string): string[] =>
  Array.isArray(value) ? value.map((v) => words(v).join(glue)) : [];

function forwardPorts(value: BusValue | undefined): string[] {
  return (Array.isArray(value) ? value : []).map((v) => {
    const [port = '', proto = '', toPort = '', toAddr = ''] = words(v);
    return `port=${port}:proto=${proto}:toport=${toPort}:toaddr=${toAddr}`;
  });
}

/**
 * Fields of getZoneSettings (firewalld 0.8), by place: version, short, description, unused, target, services, ports,
 * icmp blocks, masquerade, forward ports, interfaces, sources, rich rules, protocols, source ports, icmp inversion.
 */
function fromTuple(t: BusValue[]): Settings {
  const names = [
    'target',
    'services',
    'ports',
    '',
    'masquerade',
    'forward_ports',
    'interfaces',
    'sources',
    'rules_str',
  ];
  return Object.fromEntries(names.map((name, i) => [name, t[i + 4] ?? '']));
}

/** A zone from its settings and its entry in getActiveZones; the settings of 0.8 don't hold what was bound at run time. */
export function toZone(name: string, settings: BusValue | null, active: Settings): FirewalldZone {
  const s: Settings = Array.isArray(settings)
    ? fromTuple(settings)
    : typeof settings === 'object' && settings !== null
      ? settings
      : {};
  return {
    name,
    target: String(s.target ?? 'default'),
    interfaces: [...new Set([...words(active.interfaces), ...words(s.interfaces)])],
    sources: [...new Set([...words(active.sources), ...words(s.sources)])],
    services: words(s.services),
    ports: joined(s.ports, '/'),
    masquerade: s.masquerade === true,
    forward: s.forward === true,
    forwardPorts: forwardPorts(s.forward_ports),
    richRules: words(s.rules_str),
  };
}

export function toPolicy(name: string, settings: Settings, used: Settings): FirewalldPolicy {
  return {
    name,
    ingress: words(used.ingress_zones),
    egress: words(used.egress_zones),
    target: String(settings.target ?? ''),
    priority: typeof settings.priority === 'number' ? settings.priority : null,
    masquerade: settings.masquerade === true,
    richRules: words(settings.rich_rules),
  };
}
