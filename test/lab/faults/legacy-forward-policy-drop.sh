# id: legacy-forward-policy-drop
# title: iptables-legacy has FORWARD policy DROP beside Docker’s nft rules
# family: legacy-split
# symptom: no container reaches anything
# expect: the policy DROP of FORWARD in iptables-legacy
# expect_terms: legacy, FORWARD, policy, DROP
# flow: container→internet, container→dns
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd m2p
# maybe: c2c c2cn c2cd
# sources: docker-library/docker#467
# suites: bullseye bookworm trixie
inject() { iptables-legacy -P FORWARD DROP; }
restore() { iptables-legacy -P FORWARD ACCEPT; }
