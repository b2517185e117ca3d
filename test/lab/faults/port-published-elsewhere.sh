# id: port-published-elsewhere
# title: the port is published as 8081, the forward leads to 8080
# family: published-port
# symptom: 127.0.0.1 of the Mac answers nothing
# expect: shop-web-1 publishes 8081, the forward of the VM leads to 8080
# expect_terms: 8081, 8080, shop-web-1
# flow: mac→published port
# probes: m2p h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { web -p 8081:80; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
