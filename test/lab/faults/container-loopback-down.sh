# id: container-loopback-down
# title: lo is down in the web container
# family: container
# symptom: names do not resolve in the web container
# expect: the loopback interface lo in shop-web-1 is DOWN, so 127.0.0.11 cannot be reached
# expect_terms: lo, down, shop-web-1
# flow: container→dns
# probes: cdns c2n c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 ip link set lo down; }
restore() { inns shop-web-1 ip link set lo up; }
