# id: nat-snat-wrong-address
# title: an SNAT rule names an address the VM does not have
# family: iptables
# symptom: containers of the project get no answers
# expect: nat POSTROUTING SNAT --to-source 10.99.99.9, an address that the VM does not have
# expect_terms: POSTROUTING, SNAT, 10.99.99.9
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t nat -I POSTROUTING -s "$SHOP" -o "$WAN" -j SNAT --to-source 10.99.99.9; }
restore() { iptables -t nat -D POSTROUTING -s "$SHOP" -o "$WAN" -j SNAT --to-source 10.99.99.9; }
