# id: nft-netdev-ingress-drop
# title: an nft chain at netdev ingress drops what comes from the web container
# family: nftables
# symptom: only the web container has no network
# expect: nft table netdev early chain inward (ingress on the veth of shop-web-1) drops ip
# expect_terms: netdev, early, ingress, drop
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { nft add table netdev early; nft "add chain netdev early inward { type filter hook ingress device $(veth shop-web-1) priority 0; policy accept; }"; nft add rule netdev early inward meta protocol ip counter drop; }
restore() { nft delete table netdev early; }
