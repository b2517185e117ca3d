# id: container-netem
# title: netem was left behind inside the web container
# family: tc
# symptom: only this container times out
# expect: tc qdisc netem on eth0 inside shop-web-1
# expect_terms: netem, eth0, shop-web-1
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: alexei-led/pumba#166
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 tc qdisc add dev eth0 root netem loss 100%; }
restore() { inns shop-web-1 tc qdisc del dev eth0 root; }
