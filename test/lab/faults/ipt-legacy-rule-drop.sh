# id: ipt-legacy-rule-drop
# title: a DROP rule left in iptables-legacy by an old script
# family: legacy-split
# symptom: compose containers time out to port 80 only; "iptables -S" shows no such rule
# expect: iptables-legacy filter FORWARD has a DROP for 172.18.0.0/16 tcp dport 80
# expect_terms: legacy, FORWARD, DROP
# flow: container→internet
# probes: c2i c2n c2ibig
# maybe: m2p v2c
# sources: docker-library/docker#467
# suites: bullseye bookworm trixie
inject() { iptables-legacy -I FORWARD -s "$SHOP" -p tcp --dport 80 -j DROP; }
restore() { iptables-legacy -D FORWARD -s "$SHOP" -p tcp --dport 80 -j DROP; }
