# id: adapter-unplugged
# title: the cable of the NAT adapter of a VM with two adapters is out
# family: vm-network
# symptom: nothing outside is reached, ssh by the other adapter works
# expect: the NAT adapter has no carrier: its cable is disconnected in VirtualBox
# expect_terms: adapter, cable
# flow: VM→internet, container→internet, container→dns
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd v2i v2ibig vdns
# sources: lab
# suites: bullseye bookworm trixie
# adapter: unplugged
inject() { local nic; nic=$(second); for _ in $(seq 60); do ip -o link show "$nic" | grep -q NO-CARRIER && return; sleep 0.5; done; return 1; }
restore() { networkctl renew "$(second)"; }
