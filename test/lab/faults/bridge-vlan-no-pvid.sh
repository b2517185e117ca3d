# id: bridge-vlan-no-pvid
# title: VLAN filtering is on and the port of the web container belongs to no VLAN
# family: link
# symptom: the web container has no network
# expect: vlan_filtering of the bridge: the port of shop-web-1 has no PVID, untagged packets are dropped
# expect_terms: vlan, br-, PVID
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { local v; v=$(veth shop-web-1); ip link set "$(BR)" type bridge vlan_filtering 1; bridge vlan del dev "$v" vid 1; }
restore() { local v; v=$(veth shop-web-1); bridge vlan add dev "$v" vid 1 pvid untagged; ip link set "$(BR)" type bridge vlan_filtering 0; }
