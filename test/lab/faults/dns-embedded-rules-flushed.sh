# id: dns-embedded-rules-flushed
# title: iptables was flushed inside the web container
# family: dns
# symptom: web: nslookup "connection refused" from 127.0.0.11
# expect: the nat rules for 127.0.0.11 inside shop-web-1 are missing (DOCKER_OUTPUT)
# expect_terms: 127.0.0.11, DOCKER_OUTPUT, shop-web-1
# flow: container→dns
# probes: cdns c2n c2cn
# sources: moby/libnetwork#1938
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 iptables -t nat -F; }
restore() { web -p 8080:80; sleep 1; }
