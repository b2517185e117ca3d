# id: arp-off-on-bridge
# title: ARP is switched off on the bridge
# family: arp
# symptom: compose containers have no network
# expect: ARP is off (NOARP) on br-<id> of shop_default
# expect_terms: NOARP, br-
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns v2c h2p h2pl m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link set dev "$(BR)" arp off; ip neigh flush dev "$(BR)"; }
restore() { ip link set dev "$(BR)" arp on; }
