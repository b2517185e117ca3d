# id: nat-accept-before-masquerade
# title: an ACCEPT stands before MASQUERADE
# family: iptables
# symptom: containers of the project get no answers
# expect: nat POSTROUTING has an ACCEPT for 172.18.0.0/16 before MASQUERADE
# expect_terms: POSTROUTING, ACCEPT, MASQUERADE
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t nat -I POSTROUTING -s "$SHOP" -j ACCEPT; }
restore() { iptables -t nat -D POSTROUTING -s "$SHOP" -j ACCEPT; }
