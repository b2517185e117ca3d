# id: docker-iptables-missing
# title: iptables was uninstalled, Docker does not start
# family: docker-daemon
# symptom: docker.service failed after a restart
# expect: dockerd does not find iptables
# expect_terms: iptables
# flow: all container flows
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn c2id c2nd cdnsd c2cd c2h
# sources: docker/for-linux#1437
# suites: bullseye bookworm trixie
inject() {
  mv /usr/sbin/iptables /usr/sbin/iptables.away
  nostart
}
restore() { mv /usr/sbin/iptables.away /usr/sbin/iptables; redock; }
