# id: tc-pedit-ttl
# title: a tc filter on the compose bridge sets the TTL of TCP to 1
# family: tc
# symptom: compose containers reach nobody outside by TCP
# expect: tc ingress filter on br-<id> with pedit (ttl 1)
# expect_terms: tc, ingress, pedit, ttl, br-
# flow: container→internet, published port
# probes: c2i c2n c2ibig m2p h2p h2pl v2c
# maybe: cdns c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { tc qdisc add dev "$(BR)" clsact; tc filter add dev "$(BR)" ingress protocol ip u32 match ip protocol 6 0xff action pedit ex munge ip ttl set 1; }
restore() { tc qdisc del dev "$(BR)" clsact; }
