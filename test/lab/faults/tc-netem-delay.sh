# id: tc-netem-delay
# title: netem delays everything on the compose bridge
# family: tc
# symptom: requests time out
# expect: tc qdisc netem delay 12s on br-<id>
# expect_terms: netem, delay, br-
# flow: container→internet, published port
# probes: c2i c2n c2ibig m2p h2p h2pl v2c
# maybe: cdns
# sources: alexei-led/pumba#147
# suites: bullseye bookworm trixie
inject() { tc qdisc add dev "$(BR)" root netem delay 12s; }
restore() { tc qdisc del dev "$(BR)" root; }
