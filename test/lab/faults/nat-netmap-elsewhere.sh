# id: nat-netmap-elsewhere
# title: NETMAP puts a net where nobody is in the place of the one that is asked for
# family: iptables
# symptom: one remote network does not answer the compose project
# expect: nat PREROUTING NETMAP of 203.0.113.0/24 to 192.0.2.0/24
# expect_terms: PREROUTING, NETMAP, 192.0.2.0/24
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t nat -I PREROUTING -i "$(BR)" -d "$NET" -j NETMAP --to 192.0.2.0/24; }
restore() { iptables -t nat -D PREROUTING -i "$(BR)" -d "$NET" -j NETMAP --to 192.0.2.0/24; }
