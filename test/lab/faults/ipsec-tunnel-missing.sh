# id: ipsec-tunnel-missing
# title: an IPsec policy wants the compose network's packets in a tunnel that is not up
# family: kernel
# symptom: compose containers reach nothing outside, others do
# expect: xfrm policy src 172.18.0.0/16 dst 0.0.0.0/0 dir out wants a tunnel that is not there
# expect_terms: IPsec, 172.18.0.0/16
# flow: container→internet
# probes: c2i c2n c2ibig cdns
# maybe: m2p h2p h2pl v2c c2h
# sources: https://man7.org/linux/man-pages/man8/ip-xfrm.8.html
# suites: bookworm trixie
TUNNEL='tmpl src 10.0.2.15 dst 198.51.100.7 proto esp mode tunnel'
# shellcheck disable=SC2086 # several words
inject() { ip xfrm policy add src "$SHOP" dst 0.0.0.0/0 dir out priority 1000 $TUNNEL; }
restore() { ip xfrm policy delete src "$SHOP" dst 0.0.0.0/0 dir out; }
