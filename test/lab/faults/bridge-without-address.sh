# id: bridge-without-address
# title: the compose bridge has lost its address
# family: link
# symptom: compose containers reach each other and nobody else
# expect: the bridge br-<id> has lost its address 172.18.0.1
# expect_terms: br-, 172.18.0.1, address
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2n c2ibig cdns m2p h2p h2pl v2c
# sources: moby/moby#40217, moby/moby#31477
# suites: bullseye bookworm trixie
inject() { ip address del 172.18.0.1/16 dev "$(BR)"; }
restore() { ip address add 172.18.0.1/16 dev "$(BR)"; }
