# id: nft-verdict-map
# title: a verdict map drops what the compose bridge forwards
# family: nftables
# symptom: compose containers have no network outside
# expect: nft table ip gate chain compose drops; chain forward leads there by a verdict map
# expect_terms: gate, compose, drop
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { nft -f - <<N
table ip gate {
  chain compose { oifname "$WAN" counter drop; }
  chain forward { type filter hook forward priority -10; policy accept; iifname vmap { "$(BR)" : jump compose, "docker0" : accept }; }
}
N
}
restore() { nft delete table ip gate; }
