# id: adapter-off
# title: the NAT adapter of a VM with two adapters is switched off
# family: vm-network
# symptom: nothing outside is reached, ssh by the other adapter works
# expect: the NAT adapter is DOWN, and with it the default route is gone
# expect_terms: adapter, off
# flow: VM→internet, container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# sources: lab
# suites: bullseye bookworm trixie
# adapter: nat
leads_out() { ip route show default | grep -q "$(second)"; }
inject() { only_second; until_true leads_out; ip link set "$(second)" down; }
restore() { ip link set "$(second)" up; }
