# id: bridge-entry-wrong
# title: the bridge was told that web's address is at db's port
# family: link
# symptom: the web container gets no answers, everything else works
# expect: a fixed entry in the forwarding table of the bridge leads web's address to the port of db
# expect_terms: shop-web-1, fdb
# flow: everything of one container
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn
# sources: https://man7.org/linux/man-pages/man8/bridge.8.html
# suites: bookworm trixie
mac() { docker exec shop-web-1 cat /sys/class/net/eth0/address; }
inject() { forget shop-web-1 "$(veth shop-web-1)"; bridge fdb add "$(mac)" dev "$(veth shop-db-1)" master static sticky; }
restore() { bridge fdb del "$(mac)" dev "$(veth shop-db-1)" master; }
