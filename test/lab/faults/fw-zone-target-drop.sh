# id: fw-zone-target-drop
# title: the target of firewalld's zone docker was set to DROP
# family: firewalld
# symptom: no container reaches anything
# expect: zone docker has target DROP
# expect_terms: firewalld, docker, target, DROP
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns c2id c2nd cdnsd
# maybe: c2c c2cn c2cd c2h
# sources: https://firewalld.org/documentation/zone/options.html
# base: firewalld
# suites: bookworm trixie
inject() {
  fwup
  fwzones
  firewall-cmd -q --permanent --zone=docker --set-target=DROP
  fwreload
}
restore() { firewall-cmd -q --permanent --zone=docker --set-target=ACCEPT; fwdown; }
