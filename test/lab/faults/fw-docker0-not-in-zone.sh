# id: fw-docker0-not-in-zone
# title: docker0 is not in firewalld's docker zone
# family: firewalld
# symptom: containers on the default bridge have no network: "No route to host" / "Host is unreachable"
# expect: docker0 is not in the firewalld zone docker, so firewalld's filter_FORWARD rejects its forwarded packets
# expect_terms: firewalld, docker0, zone
# flow: container→internet, container→dns (default bridge)
# probes: c2id c2nd cdnsd
# maybe: c2cd c2h
# sources: docker/for-linux#957, docker/for-linux#918, moby/libnetwork#2496, docker/docs#11691, moby/moby#48375
# base: firewalld
# suites: bookworm trixie
inject() { fwup; fwzones; firewall-cmd --zone=docker --remove-interface=docker0; ! firewall-cmd -q --zone=docker --query-interface=docker0; }
restore() { fwdown; }
