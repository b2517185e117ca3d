# id: bridge-port-disabled
# title: the port of the web container on its bridge is disabled
# family: link
# symptom: the web container has no network
# expect: the bridge port (veth) of shop-web-1 is in the state disabled on br-<id>
# expect_terms: veth, br-, state
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { bridge link set dev "$(veth shop-web-1)" state 0; }
restore() { bridge link set dev "$(veth shop-web-1)" state 3; }
