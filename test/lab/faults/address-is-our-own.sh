# id: address-is-our-own
# title: the VM was given a public address of somebody else
# family: routing
# symptom: one server is refused, from the VM and from containers
# expect: 1.1.1.1 is an address of the VM itself, on lo
# expect_terms: 1.1.1.1, lo
# flow: one address of the internet
# probes: v2i v2ibig c2i c2id c2ibig c2n c2nd
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip addr add 1.1.1.1/32 dev lo; ip addr add 203.0.113.10/32 dev lo; }
restore() { ip addr del 1.1.1.1/32 dev lo; ip addr del 203.0.113.10/32 dev lo; }
