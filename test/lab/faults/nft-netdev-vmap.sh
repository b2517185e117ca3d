# id: nft-netdev-vmap
# title: a map of verdicts at the ingress of the VM's adapter drops answers from the ports of the web
# family: nftables
# symptom: no page from anywhere but the VM's own containers; names and pings work
# expect: nft table netdev guard chain inward (ingress on the VM's adapter) tcp sport vmap @ports
# expect_terms: netdev, guard, vmap
# flow: container→internet, vm→internet
# probes: v2i v2ibig c2i c2id c2n c2nd c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { nft add table netdev guard; nft 'add map netdev guard ports { type inet_service : verdict; elements = { 53 : drop, 80 : drop, 443 : drop }; }'; nft "add chain netdev guard inward { type filter hook ingress device $WAN priority 0; }"; nft add rule netdev guard inward tcp sport vmap @ports; }
restore() { nft delete table netdev guard; }
