import { bridges } from './bridges.ts';
import { cgroups } from './cgroups.ts';
import { conntrack } from './conntrack.ts';
import { containers } from './containers.ts';
import { docker } from './docker.ts';
import { firewalld } from './firewalld.ts';
import { interfaces } from './interfaces.ts';
import { ipsec } from './ipsec.ts';
import { iptables } from './iptables.ts';
import { listeners } from './listeners.ts';
import { modules } from './modules.ts';
import { neighbours } from './neighbours.ts';
import type { Fact } from './probe.ts';
import { resolver } from './resolver.ts';
import { routes } from './routes.ts';
import { ruleset } from './ruleset.ts';
import { services } from './services.ts';
import { sysctls } from './sysctls.ts';
import { system } from './system.ts';
import { tc } from './tc.ts';
import { ufw } from './ufw.ts';
import { versions } from './versions.ts';

/** Every probe, slowest first: what is asked first waits least for a free channel. */
export const PROBES = [
  docker,
  firewalld,
  containers,
  system,
  ruleset,
  services,
  cgroups,
  resolver,
  sysctls,
  conntrack,
  modules,
  ufw,
  versions,
  interfaces,
  routes,
  neighbours,
  ipsec,
  bridges,
  tc,
  iptables,
  listeners,
] as const;

type AnyProbe = (typeof PROBES)[number];
export type ProbeId = AnyProbe['id'];

/** The value that a probe yields. */
export type FactValue<Id extends ProbeId> = ReturnType<Extract<AnyProbe, { id: Id }>['parse']>;

/** One fact a probe. */
export type Facts = { [Id in ProbeId]: Fact<FactValue<Id>> };
