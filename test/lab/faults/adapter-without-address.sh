# id: adapter-without-address
# title: the NAT adapter of a VM with two adapters got no address
# family: vm-network
# symptom: nothing outside is reached, ssh by the other adapter works
# expect: the NAT adapter is up and has no IPv4 address
# expect_terms: adapter, address
# flow: VM→internet, container→internet, container→dns
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd v2i v2ibig vdns
# sources: lab
# suites: bullseye bookworm trixie
# adapter: silent
inject() { local nic; nic=$(second); for _ in $(seq 60); do ip -o link show "$nic" | grep -q LOWER_UP && return; sleep 0.5; done; return 1; }
restore() { networkctl renew "$(second)"; }
