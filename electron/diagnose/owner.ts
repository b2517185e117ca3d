import type { Owner } from '../../shared/cause.ts';
import type { RulePlace } from '../../shared/trace.ts';

/** Names that programs give to their tables and chains, most telling first. */
const CHAINS: [RegExp, Owner][] = [
  // Docker makes DOCKER-USER and promises to leave it alone: what is in it is the administrator's
  [/^DOCKER-USER$/, 'administrator'],
  [/^ufw6?-user-/, 'ufw'],
  [/^ufw6?-/, 'ufw'],
  [/^DOCKER/, 'docker'],
  [/_direct$/, 'firewalld'],
  [/^(IN|OUT|FWD[IO]?|FORWARD|INPUT|OUTPUT|PRE|POST)_(.*ZONES|.*_(log|deny|allow|pre|post))/, 'firewalld'],
  // of firewalld's iptables backend, a zone's own chain; these zones come with it
  [/^(IN|FWD[IO]|PRE|POST)_(block|dmz|docker|drop|external|home|internal|public|trusted|work)$/, 'firewalld'],
  [/^LIBVIRT_/, 'libvirt'],
  [/^NETAVARK|^CNI-/, 'podman'],
  [/^KUBE-/, 'kubernetes'],
];

const TABLES: Record<string, Owner> = {
  firewalld: 'firewalld',
  'docker-bridges': 'docker',
  libvirt_network: 'libvirt',
  netavark: 'podman',
};

/**
 * Who put a rule there, told by the names that firewalls and container engines use for their tables and chains. A rule in
 * a chain that belongs to nobody (`FORWARD` of iptables, a table with a name of its own) is the administrator's.
 */
export function ownerOf(place: RulePlace): Owner {
  const table = TABLES[place.table];
  if (table) return table;
  const chain = CHAINS.find(([pattern]) => pattern.test(place.chain))?.[1];
  if (chain) return chain;
  // Docker sets this policy when it switches forwarding on
  if (place.policy && place.family === 'ip' && place.table === 'filter' && place.chain === 'FORWARD')
    return 'docker';
  return 'administrator';
}
