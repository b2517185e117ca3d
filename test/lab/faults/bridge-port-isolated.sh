# id: bridge-port-isolated
# title: both ports of the compose bridge are isolated
# family: link
# symptom: web and db cannot reach each other
# expect: the bridge ports of shop-web-1 and shop-db-1 are isolated
# expect_terms: isolated, br-
# flow: container→container
# probes: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link set "$(veth shop-web-1)" type bridge_slave isolated on; ip link set "$(veth shop-db-1)" type bridge_slave isolated on; }
restore() { ip link set "$(veth shop-web-1)" type bridge_slave isolated off; ip link set "$(veth shop-db-1)" type bridge_slave isolated off; }
