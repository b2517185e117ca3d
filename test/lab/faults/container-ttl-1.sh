# id: container-ttl-1
# title: the web container sends packets with a TTL of 1
# family: container
# symptom: the web container: No route to host
# expect: net.ipv4.ip_default_ttl=1 in shop-web-1
# expect_terms: ip_default_ttl, shop-web-1
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 sh -c "echo 1 > /proc/sys/net/ipv4/ip_default_ttl"; }
restore() { inns shop-web-1 sh -c "echo 64 > /proc/sys/net/ipv4/ip_default_ttl"; }
