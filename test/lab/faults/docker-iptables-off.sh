# id: docker-iptables-off
# title: daemon.json tells docker to leave iptables alone
# family: docker-config
# symptom: containers reach each other and the VM, nothing outside
# expect: daemon.json has "iptables": false, so nobody masquerades
# expect_terms: daemon.json, iptables
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: https://docs.docker.com/engine/network/packet-filtering-firewalls/
# suites: bullseye bookworm trixie
inject() { systemctl stop docker docker.socket; iptables -F; iptables -X; iptables -P FORWARD ACCEPT; iptables -t nat -F; iptables -t nat -X; djson '{"iptables": false}'; }
restore() { nodjson; }
