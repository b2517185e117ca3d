import { LabError } from './run.ts';

/** What a Debian suite needs of its own; everything else is the same code path for all. */
export interface Suite {
  readonly name: string;
  /** Port on 127.0.0.1 that leads to the guest's ssh; +1000 leads to its port 8080, +2000 to 8081. */
  readonly port: number;
  /** Packages on top of `GUEST_PACKAGES`. */
  readonly extraPackages: readonly string[];
}

/** Packages of every guest. */
export const GUEST_PACKAGES: readonly string[] = [
  'linux-image-cloud-amd64',
  ...['systemd-sysv', 'dbus', 'openssh-server', 'sudo', 'rsyslog', 'curl', 'procps', 'kmod', 'less'],
  ...['docker.io', 'apparmor', 'firewalld', 'ufw', 'iptables', 'ebtables', 'arptables', 'ipset', 'nftables'],
  ...['iproute2', 'conntrack', 'tcpdump', 'ethtool', 'iputils-ping', 'netbase', 'ca-certificates', 'busybox'],
];

/** The suites the lab can build. */
export const SUITES: readonly Suite[] = [
  { name: 'bullseye', port: 2511, extraPackages: [] },
  { name: 'bookworm', port: 2512, extraPackages: [] },
  { name: 'trixie', port: 2513, extraPackages: ['docker-cli'] },
];

/** The suite of that name. */
export function findSuite(wanted: string): Suite {
  const suite = SUITES.find(({ name }) => name === wanted);
  if (suite) return suite;
  throw new LabError(`There is no suite ${wanted}, only ${SUITES.map(({ name }) => name).join(', ')}.`);
}
