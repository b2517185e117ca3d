# id: container-link-gone
# title: the veth of the web container was deleted
# family: link
# symptom: one container has no network device any more
# expect: the link (veth) of shop-web-1 is gone
# expect_terms: shop-web-1
# flow: everything of one container
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link del "$(veth shop-web-1)"; }
restore() { docker restart -t 0 shop-web-1; }
