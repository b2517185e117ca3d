# id: container-wrong-gateway
# title: the default route in the web container goes to another container
# family: container
# symptom: only its own network is reached
# expect: the default route inside shop-web-1 goes via 172.18.0.99, the gateway is 172.18.0.1
# expect_terms: shop-web-1, default route, 172.18.0.99
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2n c2ibig m2p
# maybe: cdns h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 ip route replace default via 172.18.0.99; }
restore() { inns shop-web-1 ip route replace default via 172.18.0.1; }
