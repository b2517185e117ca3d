# id: nat-redirect-dead-proxy
# title: a redirect to a transparent proxy that does not run
# family: iptables
# symptom: web pages of the compose project are refused, names resolve
# expect: nat PREROUTING REDIRECT to port 3128 of the VM, where nothing listens
# expect_terms: PREROUTING, REDIRECT, 3128
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -t nat -I PREROUTING -i "$(BR)" -p tcp --dport 80 -j REDIRECT --to-ports 3128; }
restore() { iptables -t nat -D PREROUTING -i "$(BR)" -p tcp --dport 80 -j REDIRECT --to-ports 3128; }
