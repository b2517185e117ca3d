# id: ipt-notrack
# title: raw NOTRACK for containers
# family: iptables
# symptom: containers of the project get no answers
# expect: raw PREROUTING CT --notrack: untracked packets are not translated
# expect_terms: raw, PREROUTING, notrack
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns c2h
# maybe: c2h m2p h2p h2pl v2c c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t raw -I PREROUTING -i "$(BR)" -j CT --notrack; }
restore() { iptables -t raw -D PREROUTING -i "$(BR)" -j CT --notrack; }
