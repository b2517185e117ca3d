# id: arp-arptables-drop
# title: an arptables rule drops ARP from the web container
# family: arp
# symptom: only the web container has no network
# expect: arptables INPUT DROP rule for the address of shop-web-1
# expect_terms: arptables, INPUT, DROP
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns v2c h2p h2pl m2p
# maybe: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { arptables -A INPUT -i "$(BR)" -s "$(ipof shop-web-1)" -j DROP; ip neigh flush dev "$(BR)"; inns shop-web-1 ip neigh flush dev eth0; }
restore() { arptables -F INPUT; }
