# id: ufw-route-reject
# title: a ufw route rule, asked before Docker’s rules, rejects what the compose network sends
# family: ufw
# symptom: containers get "Connection refused" for web pages
# expect: ufw route rule (ufw-user-forward) rejects 172.18.0.0/16 to tcp port 80
# expect_terms: ufw, route, 172.18.0.0/16
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { ufw allow 22/tcp; ufw route reject proto tcp from "$SHOP" to any port 80; ufw --force enable; iptables -D FORWARD -j ufw-before-forward; iptables -I FORWARD -j ufw-user-forward; }
restore() { ufwdown; }
