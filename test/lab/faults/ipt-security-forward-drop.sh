# id: ipt-security-forward-drop
# title: the security table drops what the compose bridge forwards
# family: iptables
# symptom: compose containers have no network outside; iptables -L shows nothing
# expect: iptables security FORWARD DROP rule for 172.18.0.0/16
# expect_terms: security, FORWARD, DROP
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t security -I FORWARD -s "$SHOP" -o "$WAN" -j DROP; }
restore() { iptables -t security -D FORWARD -s "$SHOP" -o "$WAN" -j DROP; }
