# id: ipsec-policy-block
# title: an IPsec policy, a VPN's kill switch, blocks what the compose network sends out
# family: kernel
# symptom: compose containers time out, no firewall has a rule
# expect: ip xfrm policy has src 172.18.0.0/16 dir fwd action block
# expect_terms: xfrm, 172.18.0.0/16, block
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip xfrm policy add src "$SHOP" dst 0.0.0.0/0 dir fwd action block priority 10; }
restore() { ip xfrm policy delete src "$SHOP" dst 0.0.0.0/0 dir fwd; }
