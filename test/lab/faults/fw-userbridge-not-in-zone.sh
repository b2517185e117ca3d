# id: fw-userbridge-not-in-zone
# title: the compose network's bridge is not in firewalld's docker zone
# family: firewalld
# symptom: compose containers: no internet, no DNS; default bridge is fine
# expect: the bridge br-<id> of shop_default is not in firewalld zone docker, its forwarded packets are rejected by firewalld filter_FORWARD
# expect_terms: firewalld, br-, zone
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: c2c c2cn
# sources: docker/docs#11691, moby/moby#48375, moby/moby#53346, firewalld/firewalld#844
# base: firewalld
# suites: bookworm trixie
inject() { fwup; fwzones; firewall-cmd --zone=docker --remove-interface="$(BR)"; ! firewall-cmd -q --zone=docker --query-interface="$(BR)"; }
restore() { fwdown; }
