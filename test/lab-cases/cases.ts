/** A fault of the lab, and what has to head the list of causes. */
export interface Case {
  fault: string;
  /** Id of `causes[0]`. */
  cause: string;
  /** Part of every test run; all the others run with `npm run test:lab:all`, and their recordings in the unit tests. */
  always?: true;
}

/** Faults of different kinds: rules of every sort, links, routes, kernel settings, names, Docker, the host's side. */
export const FAULTS: readonly Case[] = [
  { fault: 'fw-docker0-not-in-zone', cause: 'firewalld-interface-not-in-zone' },
  { fault: 'fw-userbridge-not-in-zone', cause: 'firewalld-bridge-not-in-zone' },
  { fault: 'ipt-docker-user-drop', cause: 'docker-user-drop' },
  { fault: 'ipt-docker-user-allowlist-kills-replies', cause: 'docker-user-drops-answers' },
  { fault: 'ipt-raw-prerouting-drop', cause: 'netfilter-drop' },
  { fault: 'ipt-udp53-blocked', cause: 'netfilter-drop' },
  { fault: 'nft-inet-prerouting-early-drop', cause: 'netfilter-drop' },
  { fault: 'nft-set-blocklist', cause: 'netfilter-drop' },
  { fault: 'nft-bridge-drop', cause: 'netfilter-drop', always: true },
  { fault: 'ipt-masquerade-missing', cause: 'masquerade-missing' },
  { fault: 'ipt-forward-flushed-policy-drop', cause: 'docker-rules-missing' },
  { fault: 'sysctl-ip-forward-0', cause: 'ip-forward-off' },
  { fault: 'sysctl-bridge-forwarding-0', cause: 'interface-forwarding-off' },
  { fault: 'route-blackhole', cause: 'route-barred' },
  { fault: 'rule-policy-routing', cause: 'policy-route-barred' },
  { fault: 'route-default-missing', cause: 'guest-no-default-route' },
  { fault: 'container-no-default-route', cause: 'container-no-default-route' },
  { fault: 'container-own-rules', cause: 'container-own-rules' },
  { fault: 'docker-subnet-overlaps-remote', cause: 'docker-subnet-overlap' },
  { fault: 'bridge-down', cause: 'bridge-down' },
  { fault: 'veth-down', cause: 'veth-down' },
  { fault: 'veth-not-in-bridge', cause: 'veth-not-in-bridge' },
  { fault: 'rp-filter-asymmetric', cause: 'reverse-path-filter' },
  { fault: 'tc-ingress-police', cause: 'tc-ingress-drop' },
  { fault: 'arp-wrong-permanent-neigh', cause: 'wrong-neighbour' },
  { fault: 'container-stopped', cause: 'container-not-running' },
  { fault: 'docker-daemon-stopped', cause: 'docker-not-running' },
  { fault: 'dns-vm-resolv-conf-wrong', cause: 'resolver-dead' },
  { fault: 'dns-container-wrong-server', cause: 'container-dns-wrong' },
  { fault: 'bridge-without-address', cause: 'bridge-without-address' },
  { fault: 'conntrack-table-full', cause: 'connection-table-full' },
  { fault: 'dns-stub-127-0-0-53', cause: 'container-dns-stub' },
  { fault: 'docker0-missing', cause: 'bridge-missing' },
  { fault: 'mtu-blackhole', cause: 'mtu-black-hole' },
  { fault: 'container-paused', cause: 'container-paused' },
  { fault: 'route-default-wrong', cause: 'default-gateway-silent' },
  { fault: 'tc-netem-loss', cause: 'tc-imitates-bad-network' },
  { fault: 'proxy-env-wrong', cause: 'container-proxy-dead' },
  { fault: 'container-network-none', cause: 'container-network-none' },
  { fault: 'container-netem', cause: 'tc-in-container' },
  { fault: 'dns-embedded-wrong-server', cause: 'embedded-dns-upstream-dead' },
  { fault: 'host-nat-dns-dead', cause: 'nat-dns-dead', always: true },
  { fault: 'host-offline', cause: 'machine-offline' },
  { fault: 'docker-default-bridge-no-names', cause: 'default-bridge-no-names' },
  { fault: 'docker-network-isolation', cause: 'service-on-another-network' },
  { fault: 'port-not-published', cause: 'port-not-published' },
  { fault: 'ipt-dnat-removed-no-proxy', cause: 'port-not-translated' },
  { fault: 'ufw-docker-user-drop', cause: 'ufw-docker-drop' },
  { fault: 'ipt-statistic-random-drop', cause: 'intermittent-drop' },
  { fault: 'docker-icc-disabled', cause: 'docker-icc-disabled' },
  { fault: 'docker-internal-network', cause: 'docker-internal-network' },
  { fault: 'port-bound-localhost', cause: 'port-bound-localhost' },
  { fault: 'port-in-use', cause: 'port-in-use' },
  { fault: 'nft-ruleset-flushed', cause: 'docker-rules-missing' },
  { fault: 'docker-daemon-json-broken', cause: 'docker-daemon-json-broken' },
  { fault: 'nat-redirect-dead-proxy', cause: 'nat-leads-elsewhere' },
  { fault: 'nat-accept-before-masquerade', cause: 'masquerade-skipped' },
  { fault: 'ipt-notrack', cause: 'not-tracked' },
  { fault: 'ipt-ct-zone-one-way', cause: 'conntrack-zone-one-way' },
  { fault: 'sysctl-wan-forwarding-0', cause: 'interface-forwarding-off' },
  { fault: 'route-halves-to-tunnel', cause: 'route-captures' },
  { fault: 'route-container-subnet-missing', cause: 'bridge-route-missing' },
  { fault: 'tc-egress-drop', cause: 'device-filter-drop' },
  { fault: 'container-db-stopped', cause: 'container-not-running' },
  { fault: 'ipt-ttl-set-1', cause: 'ttl-runs-out' },
  { fault: 'ipt-nfqueue-nobody', cause: 'queue-without-reader' },
  { fault: 'nat-snat-wrong-address', cause: 'snat-wrong-address' },
  { fault: 'fw-direct-rule', cause: 'firewalld-direct-rule' },
  { fault: 'fw-started-after-docker', cause: 'firewalld-after-docker' },
  { fault: 'ipt-legacy-rule-drop', cause: 'netfilter-drop' },
  { fault: 'ipt-mangle-forward-drop', cause: 'netfilter-drop' },
  { fault: 'neigh-table-full', cause: 'neighbour-table-full' },
  { fault: 'route-default-elsewhere', cause: 'default-route-wrong-device' },
  { fault: 'rule-policy-elsewhere', cause: 'policy-route-elsewhere' },
  { fault: 'rule-mark-elsewhere', cause: 'policy-route-elsewhere' },
  { fault: 'docker-subnet-over-nat', cause: 'docker-subnet-over-nat' },
  { fault: 'tc-netem-delay', cause: 'tc-imitates-bad-network' },
  { fault: 'dns-embedded-rules-flushed', cause: 'embedded-dns-unreachable' },
  { fault: 'dns-resolv-conf-empty', cause: 'no-name-server' },
  { fault: 'dns-hosts-override', cause: 'hosts-override' },
  { fault: 'disk-full', cause: 'disk-full' },
  { fault: 'container-host-network', cause: 'ports-ignored-host-network' },
  { fault: 'container-listens-on-loopback', cause: 'listens-on-loopback' },
  { fault: 'container-nothing-listens', cause: 'nothing-listens' },
  { fault: 'container-wrong-gateway', cause: 'container-wrong-gateway' },
  { fault: 'container-route-barred', cause: 'container-route-barred' },
  { fault: 'container-vpn-dead', cause: 'container-route-captures' },
  { fault: 'bridge-port-isolated', cause: 'bridge-port-isolated' },
  { fault: 'bridge-vlan-no-pvid', cause: 'bridge-port-without-vlan' },
  { fault: 'bridge-in-vrf', cause: 'bridge-in-vrf' },
  { fault: 'bridge-port-disabled', cause: 'bridge-port-blocked' },
  { fault: 'ipsec-policy-block', cause: 'ipsec-policy-blocks' },
  { fault: 'container-left-in-old-network', cause: 'shared-network-gone' },
  { fault: 'container-mac-twice', cause: 'container-mac-twice' },
  { fault: 'container-loopback-down', cause: 'container-loopback-down' },
  { fault: 'container-address-lost', cause: 'container-address-lost' },
  { fault: 'ipt-input-drop-from-containers', cause: 'netfilter-drop' },
  { fault: 'port-published-elsewhere', cause: 'port-published-elsewhere' },
  { fault: 'port-udp-only', cause: 'port-published-for-udp' },
  { fault: 'dns-nsswitch-without-dns', cause: 'nsswitch-without-dns' },
  { fault: 'nat-dns-dnat-elsewhere', cause: 'nat-leads-elsewhere' },
  { fault: 'arp-off-on-bridge', cause: 'arp-off' },
  { fault: 'arp-arptables-drop', cause: 'arp-filter-drop' },
  { fault: 'ebtables-arp-drop', cause: 'arp-filter-drop' },
  { fault: 'ufw-route-reject', cause: 'ufw-rule' },
  { fault: 'ufw-input-deny', cause: 'ufw-default-deny' },
  { fault: 'ipt-docker-accept-removed', cause: 'port-accept-missing' },
  { fault: 'ipt-dnat-stale-address', cause: 'nat-leads-elsewhere' },
  { fault: 'legacy-forward-policy-drop', cause: 'other-iptables-policy-drop' },
  { fault: 'docker-daemon-dns-wrong', cause: 'daemon-dns-dead' },
  { fault: 'container-disconnected', cause: 'container-on-no-network' },
  { fault: 'fw-source-in-drop-zone', cause: 'firewalld-source-zone' },
  { fault: 'nft-inet-forward-policy-drop', cause: 'netfilter-drop' },
  { fault: 'route-via-dead-gateway', cause: 'route-captures' },
  { fault: 'tc-netem-corrupt', cause: 'tc-imitates-bad-network' },
  { fault: 'docker-iptables-off', cause: 'docker-iptables-off' },
  { fault: 'docker-masquerade-off', cause: 'docker-masquerade-off' },
  { fault: 'nft-limit-drop', cause: 'intermittent-drop' },
  { fault: 'ipt-mangle-postrouting-drop', cause: 'netfilter-drop' },
  { fault: 'ipt-security-forward-drop', cause: 'netfilter-drop' },
  { fault: 'nft-verdict-map', cause: 'netfilter-drop' },
  { fault: 'rule-prohibit', cause: 'policy-route-barred' },
  { fault: 'ebtables-forward-drop', cause: 'netfilter-drop' },
  { fault: 'nft-netdev-ingress-drop', cause: 'device-filter-drop' },
  { fault: 'container-ttl-1', cause: 'container-ttl-low' },
  { fault: 'xdp-drop', cause: 'device-filter-drop' },
];

/** Faults without a recording: nothing can be asked of them, not on Debian 12, or the guest changes all the time. */
const UNRECORDED: readonly Case[] = [
  { fault: 'host-cable-disconnected', cause: 'unreachable' },
  { fault: 'image-missing', cause: 'image-missing' },
  { fault: 'container-restarting', cause: 'container-restarting' },
  { fault: 'fw-strict-forward-ports', cause: 'firewalld-strict-forward-ports' },
];

/** Machines on which nothing is wrong, however it looks, with a recorded scene. */
export const HEALTHY_RECORDED: readonly string[] = [
  'healthy-baseline',
  'healthy-rule-after-accept',
  'healthy-unmatched-drops',
  'healthy-firewalld-right-zones',
  'healthy-bridge-chain-skipped',
  'healthy-legacy-tables-present',
];

/** All of them. */
export const HEALTHY: readonly string[] = [
  ...HEALTHY_RECORDED,
  'healthy-stopped-ufw',
  'healthy-strict-sysctls',
  'healthy-strangers',
  'healthy-second-default-route',
  'healthy-scary-counters',
  'healthy-docker-user-allowlist',
  'healthy-proxy-that-answers',
];

/** Every fault there is, with the cause that is right. */
export const EVERY_FAULT: readonly Case[] = [...FAULTS, ...UNRECORDED];

/** `npm run test:lab:all`. */
export const everything = process.env.CULPRIT_LAB === 'all';

/** The faults to inject in this test run. */
export const TODAY = FAULTS.filter((c) => c.always || everything);
/** The healthy machines to look at in this test run: a plain one is diagnosed on the way through a forward of ours, too. */
export const HEALTHY_TODAY = everything ? HEALTHY : ['healthy-unmatched-drops'];
