# id: route-container-subnet-missing
# title: the route to the compose network is gone
# family: routing
# symptom: containers of the project get no answers
# expect: the route to 172.18.0.0/16 on the bridge is missing
# expect_terms: 172.18.0.0/16, route, missing
# flow: container→internet, container→dns, host→published port, mac→published port
# probes: c2i c2n c2ibig cdns m2p h2p h2pl v2c
# maybe: h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip route del "$SHOP" dev "$(BR)"; }
restore() { ip route add "$SHOP" dev "$(BR)" proto kernel scope link src 172.18.0.1; }
