# id: tc-egress-drop
# title: a tc filter drops what leaves towards the web container
# family: tc
# symptom: the web container gets no answers
# expect: tc egress filter on the veth of shop-web-1 drops IPv4 (matchall/action drop)
# expect_terms: tc, egress, veth, drop
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { local v; v=$(veth shop-web-1); echo "$v" > /run/veth; tc qdisc add dev "$v" clsact; tc filter add dev "$v" egress protocol ip matchall action drop; }
restore() { tc qdisc del dev "$(cat /run/veth)" clsact; }
