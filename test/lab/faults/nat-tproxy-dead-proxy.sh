# id: nat-tproxy-dead-proxy
# title: TPROXY to a transparent proxy that does not run
# family: iptables
# symptom: web pages of the compose project time out, names resolve
# expect: mangle PREROUTING TPROXY to port 3129 of the VM, where nothing listens
# expect_terms: PREROUTING, TPROXY, 3129, listens
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t mangle -A PREROUTING -i "$(BR)" -p tcp --dport 80 -j TPROXY --on-port 3129 --tproxy-mark 0x1/0x1; }
restore() { iptables -t mangle -D PREROUTING -i "$(BR)" -p tcp --dport 80 -j TPROXY --on-port 3129 --tproxy-mark 0x1/0x1; }
