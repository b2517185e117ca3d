# id: ipt-ct-zone-one-way
# title: what comes from docker0 is tracked in a conntrack zone of its own, and its answers are not
# family: iptables
# symptom: containers on docker0 reach nothing outside; their packets leave, and the answers arrive in the VM
# expect: the rule in raw PREROUTING with “-j CT --zone 7”: answers are looked up in another zone and not translated back
# expect_terms: PREROUTING, zone 7
# flow: container→internet
# probes: c2id c2nd
# sources: iptables-extensions(8)
# suites: bullseye bookworm trixie
inject() { iptables -t raw -A PREROUTING -i docker0 -j CT --zone 7; }
restore() { iptables -t raw -D PREROUTING -i docker0 -j CT --zone 7; }
