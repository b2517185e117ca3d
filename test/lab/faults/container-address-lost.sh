# id: container-address-lost
# title: eth0 of the web container lost its address
# family: container
# symptom: the web container has no network
# expect: eth0 in shop-web-1 has no address (Docker gave it 172.18.0.x)
# expect_terms: address, eth0, shop-web-1
# flow: container→internet, container→dns, container→container, mac→published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 ip addr flush dev eth0; }
restore() { docker restart -t 1 shop-web-1; wait4; }
