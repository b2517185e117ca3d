# id: ipt-raw-prerouting-drop
# title: raw PREROUTING drops the compose subnet
# family: iptables
# symptom: compose containers time out to web sites, DNS works
# expect: iptables raw PREROUTING DROP rule for 172.18.0.0/16 tcp dport 80
# expect_terms: raw, PREROUTING, DROP
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t raw -I PREROUTING -s "$SHOP" -p tcp --dport 80 -j DROP; }
restore() { iptables -t raw -D PREROUTING -s "$SHOP" -p tcp --dport 80 -j DROP; }
