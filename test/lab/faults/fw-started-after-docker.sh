# id: fw-started-after-docker
# title: firewalld was started while docker ran: docker's rules are flushed and its bridges are in no zone
# family: firewalld
# symptom: after "systemctl start firewalld" no container reaches anything, not even each other; "No route to host"
# expect: starting firewalld after docker flushed docker's iptables rules (FORWARD is empty with policy DROP, no MASQUERADE) and docker0 / br-<id> are in no zone; docker must be restarted
# expect_terms: firewalld, MASQUERADE, restart docker
# flow: container→internet, container→dns, container→container, mac→published port
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd
# maybe: c2c c2cn c2cd c2h m2p h2p h2pl v2c
# sources: moby/moby#53346, docker/for-linux#957, moby/moby#16137
# suites: bullseye bookworm
inject() { fwstart; sleep 3; firewall-cmd --get-active-zones; ! iptables -S FORWARD | grep -q DOCKER; }
restore() { fwdown; }
