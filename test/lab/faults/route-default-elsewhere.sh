# id: route-default-elsewhere
# title: the default route leads to a dummy interface
# family: vm-network
# symptom: nothing is reached
# expect: the VM’s default route leads to the interface dummy7, which has no way out
# expect_terms: dummy7, default route
# flow: container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link add dummy7 type dummy; ip link set dummy7 up; ip address add 192.0.2.1/24 dev dummy7; ip route replace default dev dummy7 metric 1; }
restore() { ip link del dummy7; }
