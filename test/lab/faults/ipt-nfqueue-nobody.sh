# id: ipt-nfqueue-nobody
# title: NFQUEUE without a program behind it
# family: iptables
# symptom: containers of the project reach nothing outside
# expect: FORWARD rule NFQUEUE --queue-num 7, and no program reads that queue
# expect_terms: FORWARD, NFQUEUE, 7
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -I FORWARD -i "$(BR)" -j NFQUEUE --queue-num 7; }
restore() { iptables -D FORWARD -i "$(BR)" -j NFQUEUE --queue-num 7; }
