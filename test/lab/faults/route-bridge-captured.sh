# id: route-bridge-captured
# title: a route leads half of the compose network's addresses to the gateway
# family: routing
# symptom: compose containers get no answers; published ports time out
# expect: the route 172.18.0.0/17 via 10.0.2.2 takes what is for the containers of shop_default
# expect_terms: 172.18.0.0/17, 10.0.2.2
# flow: everything to the compose network
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip route add "${SHOP%/16}/17" via 10.0.2.2; }
restore() { ip route del "${SHOP%/16}/17" via 10.0.2.2; }
