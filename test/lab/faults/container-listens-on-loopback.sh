# id: container-listens-on-loopback
# title: the program in the web container listens on 127.0.0.1 only
# family: container
# symptom: connection reset on port 8080
# expect: the program in shop-web-1 listens on 127.0.0.1:80 only
# expect_terms: shop-web-1, 127.0.0.1, listen
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl v2c
# sources: moby/moby#10900
# suites: bullseye bookworm trixie
inject() { shop web -p 8080:80 busybox:latest sh -c 'echo shop-web >/www/index.html; exec httpd -f -p 127.0.0.1:80 -h /www'; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
