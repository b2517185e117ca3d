# id: adapter-without-address
# title: the NAT adapter of a VM with two adapters got no address
# family: vm-network
# symptom: nothing outside is reached, ssh by the other adapter works
# expect: the NAT adapter is up and has no IPv4 address
# expect_terms: adapter, address
# flow: VM→internet, container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# sources: lab
# suites: bullseye bookworm trixie
# adapter: silent
inject() { only_second; until_true second_is LOWER_UP; }
restore() { networkctl renew "$(second)"; }
