# id: ipt-time-drop
# title: a rule in DOCKER-USER drops at certain hours
# family: iptables
# symptom: containers reach nothing, and did yesterday evening
# expect: DOCKER-USER drops between 00:00 and 23:59 (-m time)
# expect_terms: DOCKER-USER, time
# flow: container→internet
# probes: c2i c2n c2ibig cdns c2id c2nd cdnsd
# maybe: m2p
# sources: https://man7.org/linux/man-pages/man8/iptables-extensions.8.html
# suites: bullseye bookworm trixie
inject() { iptables -I DOCKER-USER -o "$WAN" -m time --timestart 00:00 --timestop 23:59:59 -j DROP; }
restore() { iptables -D DOCKER-USER -o "$WAN" -m time --timestart 00:00 --timestop 23:59:59 -j DROP; }
