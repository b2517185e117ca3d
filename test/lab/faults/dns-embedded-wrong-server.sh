# id: dns-embedded-wrong-server
# title: the web container was started with --dns of a dead server
# family: dns
# symptom: web resolves other containers only
# expect: shop-web-1 was given the name server 192.0.2.53 (HostConfig.Dns), which does not answer
# expect_terms: 192.0.2.53, shop-web-1, dns
# flow: container→dns
# probes: cdns c2n
# sources: moby/moby#23910, docker/for-linux#392
# suites: bullseye bookworm trixie
inject() { web -p 8080:80 --dns 192.0.2.53; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
