# id: nat-dns-dnat-elsewhere
# title: a DNAT rule sends DNS of containers to a dead server
# family: dns
# symptom: names do not resolve in containers
# expect: nat PREROUTING DNAT of udp dport 53 to 192.0.2.53
# expect_terms: PREROUTING, DNAT, 192.0.2.53
# flow: container→dns
# probes: cdns c2n cdnsd c2nd
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t nat -I PREROUTING -p udp --dport 53 -j DNAT --to-destination 192.0.2.53; iptables -t nat -I PREROUTING -p tcp --dport 53 -j DNAT --to-destination 192.0.2.53; }
restore() { iptables -t nat -D PREROUTING -p udp --dport 53 -j DNAT --to-destination 192.0.2.53; iptables -t nat -D PREROUTING -p tcp --dport 53 -j DNAT --to-destination 192.0.2.53; }
