# id: tc-netem-corrupt
# title: netem corrupts every packet to the web container
# family: tc
# symptom: only the web container has no network
# expect: tc qdisc netem corrupt 100% on the veth of shop-web-1
# expect_terms: netem, corrupt
# flow: container→internet, container→dns
# probes: c2c c2ibig
# maybe: c2i c2n cdns m2p h2p h2pl v2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { tc qdisc add dev "$(veth shop-web-1)" root netem corrupt 100%; }
restore() { tc qdisc del dev "$(veth shop-web-1)" root; }
