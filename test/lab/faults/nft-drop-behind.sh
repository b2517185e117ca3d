# id: nft-drop-behind
# title: DOCKER-USER drops what the compose network sends out, and so does a table of nftables behind it
# family: iptables
# symptom: compose containers time out to the internet; to delete the rule in DOCKER-USER does not help
# expect: a DROP rule in DOCKER-USER matches packets from the bridge of shop_default, and behind it table ip guard chain forward drops the same
# expect_terms: DOCKER-USER, DROP
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  iptables -I DOCKER-USER -i "$(BR)" ! -o "$(BR)" -j DROP
  nft -f - <<EOF
table ip guard {
  chain forward {
    type filter hook forward priority 10
    ct state established,related accept
    iifname "$(BR)" ip daddr != 172.16.0.0/12 drop
  }
}
EOF
}
restore() {
  nft delete table ip guard
  iptables -D DOCKER-USER -i "$(BR)" ! -o "$(BR)" -j DROP
}
