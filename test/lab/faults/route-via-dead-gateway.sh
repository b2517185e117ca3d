# id: route-via-dead-gateway
# title: a route for the remote network leads to a gateway that is not there
# family: routing
# symptom: one remote network is out of reach
# expect: route 203.0.113.0/24 via 10.0.2.77, which does not answer
# expect_terms: 203.0.113.0/24, 10.0.2.77
# flow: container→internet
# probes: v2i v2ibig c2i c2id c2n c2nd c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip route add "$NET" via 10.0.2.77; }
restore() { ip route del "$NET" via 10.0.2.77; }
