# id: nft-netdev-bridge-drop
# title: an nft chain at docker0's ingress drops the ports of the web by a map of verdicts
# family: nftables
# symptom: no page and no name over TCP from containers of the default network; names over UDP and pings work
# expect: nft table netdev guard chain inward (ingress hook of docker0) tcp dport vmap @ports
# expect_terms: netdev, guard, docker0, vmap
# flow: container→internet
# probes: c2id c2nd c2cd
# sources: lab
# suites: bullseye bookworm trixie
inject() { nft add table netdev guard; nft 'add map netdev guard ports { type inet_service : verdict; elements = { 53 : drop, 80 : drop, 443 : drop }; }'; nft 'add chain netdev guard inward { type filter hook ingress device docker0 priority 0; }'; nft add rule netdev guard inward tcp dport vmap @ports; }
restore() { nft delete table netdev guard; }
