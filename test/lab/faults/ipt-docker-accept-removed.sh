# id: ipt-docker-accept-removed
# title: the accept for the published port is missing from chain DOCKER
# family: published-port
# symptom: the published port hangs from the Mac
# expect: the ACCEPT rule for 172.18.0.x tcp dport 80 is missing from filter DOCKER
# expect_terms: DOCKER, ACCEPT, 80
# flow: mac→published port
# probes: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -D DOCKER -d "$(ipof shop-web-1)/32" ! -i "$(BR)" -o "$(BR)" -p tcp -m tcp --dport 80 -j ACCEPT; }
restore() { iptables -A DOCKER -d "$(ipof shop-web-1)/32" ! -i "$(BR)" -o "$(BR)" -p tcp -m tcp --dport 80 -j ACCEPT; }
