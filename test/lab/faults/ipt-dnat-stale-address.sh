# id: ipt-dnat-stale-address
# title: the DNAT rule leads to an address that no container has
# family: published-port
# symptom: the published port hangs from the Mac
# expect: the DNAT rule for 8080 leads to 172.18.0.99, shop-web-1 has another address
# expect_terms: DNAT, 172.18.0.99, 8080
# flow: mac→published port
# probes: m2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t nat -I DOCKER 1 ! -i "$(BR)" -p tcp --dport 8080 -j DNAT --to-destination 172.18.0.99:80; }
restore() { iptables -t nat -D DOCKER 1; }
