# id: container-paused
# title: the web container is paused
# family: container
# symptom: port 8080 accepts and then hangs
# expect: shop-web-1 is paused
# expect_terms: shop-web-1, paused
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl v2c
# maybe: c2i c2n c2ibig cdns c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker pause shop-web-1; }
restore() { docker unpause shop-web-1; }
