# id: container-nothing-listens
# title: the published port leads to one that nobody listens on
# family: container
# symptom: connection reset on port 8080
# expect: nobody listens on port 8000 in shop-web-1, to which 8080 is published
# expect_terms: shop-web-1, 8000, listen
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl
# sources: gliderlabs/logspout#136
# suites: bullseye bookworm trixie
inject() { web -p 8080:8000; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
