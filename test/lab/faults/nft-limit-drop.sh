# id: nft-limit-drop
# title: a native nft chain drops what comes over a rate from the compose bridge
# family: nftables
# symptom: compose containers reach the outside now and then
# expect: nft table inet ratelimit chain forward drops over 1/minute from the bridge of shop_default
# expect_terms: ratelimit, forward, limit
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# sources: lab
# suites: bullseye bookworm trixie
inject() { nft -f - <<N
table inet ratelimit {
  chain forward { type filter hook forward priority -5; policy accept; iifname "$(BR)" oifname "$WAN" limit rate over 1/minute burst 1 packets counter drop; }
}
N
}
restore() { nft delete table inet ratelimit; }
