# id: ipt-docker-user-allowlist-kills-replies
# title: the documented "only this subnet may reach containers" rule also drops replies
# family: iptables
# symptom: containers have no internet since the published ports were restricted to the office subnet
# expect: DOCKER-USER rule "-i WAN ! -s 192.168.1.0/24 -j DROP" also drops the replies from the internet, no RELATED,ESTABLISHED accept stands before it
# expect_terms: DOCKER-USER, DROP, 192.168.1.0/24
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd m2p
# sources: docker docs (packet filtering and firewalls), moby/moby#22054
# suites: bullseye bookworm trixie
inject() { iptables -I DOCKER-USER -i "$WAN" ! -s 192.168.1.0/24 -j DROP; }
restore() { iptables -D DOCKER-USER -i "$WAN" ! -s 192.168.1.0/24 -j DROP; }
