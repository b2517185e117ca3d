# id: container-route-barred
# title: the web container has an unreachable route of its own
# family: container
# symptom: the remote site is unreachable from this one container
# expect: unreachable route 203.0.113.0/24 inside shop-web-1
# expect_terms: shop-web-1, unreachable, 203.0.113.0/24
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 ip route add unreachable "$NET"; }
restore() { inns shop-web-1 ip route del unreachable "$NET"; }
