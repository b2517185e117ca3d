# id: ipt-mangle-postrouting-drop
# title: mangle POSTROUTING drops the compose subnet on its way out
# family: iptables
# symptom: compose containers have no network outside
# expect: iptables mangle POSTROUTING DROP rule for 172.18.0.0/16
# expect_terms: mangle, POSTROUTING, DROP
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t mangle -I POSTROUTING -s "$SHOP" -o "$WAN" -j DROP; }
restore() { iptables -t mangle -D POSTROUTING -s "$SHOP" -o "$WAN" -j DROP; }
