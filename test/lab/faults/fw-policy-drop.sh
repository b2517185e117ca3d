# id: fw-policy-drop
# title: a policy of firewalld drops what goes from zone docker to anywhere
# family: firewalld
# symptom: containers reach nothing outside
# expect: firewalld policy containers-out has target DROP
# expect_terms: firewalld, containers-out, policy
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns c2id c2nd cdnsd
# maybe: c2c c2cn c2cd
# sources: https://firewalld.org/2020/09/policy-objects-introduction
# base: firewalld
# suites: bookworm trixie
inject() {
  fwup
  fwzones
  local p='firewall-cmd -q --permanent --policy=containers-out'
  firewall-cmd -q --permanent --new-policy=containers-out
  $p --add-ingress-zone=docker
  $p --add-egress-zone=ANY
  $p --set-target=DROP
  fwreload
}
restore() { fwdown; }
