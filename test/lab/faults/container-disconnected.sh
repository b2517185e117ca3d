# id: container-disconnected
# title: the web container was disconnected from its network
# family: container
# symptom: the web container has no network at all
# expect: shop-web-1 is connected to no network
# expect_terms: shop-web-1, network
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns c2c c2cn m2p h2p h2pl v2c
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker network disconnect shop_default shop-web-1; }
restore() { docker network connect --alias web shop_default shop-web-1; }
