# id: adapter-off
# title: the NAT adapter of a VM with two adapters is switched off
# family: vm-network
# symptom: nothing outside is reached, ssh by the other adapter works
# expect: the NAT adapter is DOWN, and with it the default route is gone
# expect_terms: adapter, off
# flow: VM→internet, container→internet, container→dns
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd v2i v2ibig vdns
# sources: lab
# suites: bullseye bookworm trixie
# adapter: nat
inject() { local nic; nic=$(second); for _ in $(seq 60); do ip route show default | grep -q "$nic" && break; sleep 0.5; done; ip link set "$nic" down; }
restore() { ip link set "$(second)" up; }
