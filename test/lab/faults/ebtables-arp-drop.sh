# id: ebtables-arp-drop
# title: an ebtables rule drops ARP on the bridge
# family: bridge-filter
# symptom: only the web container has no network
# expect: ebtables INPUT/FORWARD rule drops ARP from the veth of shop-web-1
# expect_terms: ebtables, INPUT, ARP, DROP
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns v2c h2p h2pl m2p
# maybe: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { ebtables -A INPUT -p ARP -i "$(veth shop-web-1)" -j DROP; ip neigh flush dev "$(BR)"; inns shop-web-1 ip neigh flush dev eth0; }
restore() { ebtables -F INPUT; }
