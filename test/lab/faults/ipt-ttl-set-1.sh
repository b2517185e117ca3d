# id: ipt-ttl-set-1
# title: a mangle rule sets the TTL to 1
# family: iptables
# symptom: containers of the project: No route to host
# expect: mangle PREROUTING TTL --ttl-set 1: packets are dropped where they should be forwarded
# expect_terms: mangle, PREROUTING, TTL
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t mangle -I PREROUTING -i "$(BR)" -j TTL --ttl-set 1; }
restore() { iptables -t mangle -D PREROUTING -i "$(BR)" -j TTL --ttl-set 1; }
