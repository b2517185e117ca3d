# id: bridge-in-vrf
# title: docker0 was put into a VRF
# family: routing
# symptom: containers on the default bridge have no network
# expect: docker0 has the VRF blue for a master, its routes are in table 10
# expect_terms: docker0, VRF, blue
# flow: container→internet, container→dns (default bridge)
# probes: c2id c2nd cdnsd
# maybe: c2cd c2h
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  ip link add blue type vrf table 10
  ip link set blue up
  ip link set docker0 master blue
}
restore() {
  ip link set docker0 nomaster
  ip link del blue
}
