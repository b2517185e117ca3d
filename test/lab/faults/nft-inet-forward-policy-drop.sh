# id: nft-inet-forward-policy-drop
# title: a hand-made nftables.conf has a forward chain with policy drop
# family: nftables
# symptom: no container reaches anything since nftables.conf was loaded
# expect: the policy drop of chain forward in table inet filter
# expect_terms: inet, filter, forward, policy, drop
# flow: container→internet, container→dns
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd m2p
# maybe: c2c c2cn c2cd
# sources: lab
# suites: bullseye bookworm trixie
inject() { nft add table inet filter; nft 'add chain inet filter input { type filter hook input priority 0; policy accept; }'; nft 'add chain inet filter forward { type filter hook forward priority 0; policy drop; }'; }
restore() { nft delete table inet filter; }
