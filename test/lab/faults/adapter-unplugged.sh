# id: adapter-unplugged
# title: the cable of the NAT adapter of a VM with two adapters is out
# family: vm-network
# symptom: nothing outside is reached, ssh by the other adapter works
# expect: the NAT adapter has no carrier: its cable is disconnected in VirtualBox
# expect_terms: adapter, cable
# flow: VM→internet, container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# sources: lab
# suites: bullseye bookworm trixie
# adapter: unplugged
inject() { only_second; until_true second_is NO-CARRIER; }
restore() { networkctl renew "$(second)"; }
