# id: tc-redirect-elsewhere
# title: a tc filter on the compose bridge redirects what comes in to a dead device
# family: tc
# symptom: compose containers have no internet, ports time out
# expect: tc ingress filter on br-<id> redirects (mirred) to sink9
# expect_terms: tc, ingress, redirect, sink9, br-
# flow: container→internet, container→dns, published port
# probes: c2i c2n c2ibig cdns m2p h2p h2pl v2c
# maybe: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  ip link add sink9 type dummy
  ip link set sink9 up
  tc qdisc add dev "$(BR)" clsact
  tc filter add dev "$(BR)" ingress protocol ip matchall action mirred egress redirect dev sink9
}
restore() { tc qdisc del dev "$(BR)" clsact; ip link del sink9; }
