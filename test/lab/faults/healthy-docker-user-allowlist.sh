# id: healthy-docker-user-allowlist
# title: an allow-list in DOCKER-USER that is right
# family: healthy
# symptom: DOCKER-USER ends in DROP for everybody but the NAT
# expect: healthy: answers and the NAT gateway are let through before the DROP
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -I DOCKER-USER -i "$WAN" -j DROP; iptables -I DOCKER-USER -i "$WAN" -s 10.0.2.0/24 -j RETURN; iptables -I DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN; }
restore() { iptables -D DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN; iptables -D DOCKER-USER -i "$WAN" -s 10.0.2.0/24 -j RETURN; iptables -D DOCKER-USER -i "$WAN" -j DROP; }
