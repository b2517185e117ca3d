# id: bridge-port-no-broadcast
# title: the bridge port of the database gets no broadcasts
# family: link
# symptom: the web container does not reach the database
# expect: the bridge port of shop-db-1 has bcast_flood off
# expect_terms: bcast_flood off, br-
# flow: container→container
# probes: c2c c2cn
# sources: lab
# suites: bookworm trixie
inject() { bridge link set dev "$(veth shop-db-1)" bcast_flood off; inns shop-web-1 ip neigh flush dev eth0; }
restore() { bridge link set dev "$(veth shop-db-1)" bcast_flood on; }
