# id: port-udp-only
# title: the port is published for UDP
# family: published-port
# symptom: 127.0.0.1 of the Mac answers nothing
# expect: port 8080 of shop-web-1 is published for udp only
# expect_terms: 8080, udp, shop-web-1
# flow: mac→published port
# probes: m2p h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { web -p 8080:80/udp; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
