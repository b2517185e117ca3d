# id: route-default-missing
# title: the VM has no default route
# family: vm-network
# symptom: everything outside is "Network is unreachable", ssh from the Mac works
# expect: the VM has no default route
# expect_terms: default route
# flow: container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip route show default > /run/defroute; ip route del default; }
# shellcheck disable=SC2046 # the words of a route
restore() { ip route add $(sed 's/ *$//' /run/defroute); }
