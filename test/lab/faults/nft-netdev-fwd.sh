# id: nft-netdev-fwd
# title: an nft chain at docker0's ingress hands TCP to another device
# family: nftables
# symptom: nothing works over TCP from containers of the default network, pings and names do
# expect: nft table netdev divert chain inward (ingress on docker0) fwd to sink9
# expect_terms: netdev, divert, docker0, fwd
# flow: container→internet, published port
# probes: c2id c2nd
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link add sink9 type dummy; ip link set sink9 up; nft add table netdev divert; nft 'add chain netdev divert inward { type filter hook ingress device docker0 priority 0; }'; nft add rule netdev divert inward ip protocol tcp fwd to sink9; }
restore() { nft delete table netdev divert; ip link del sink9; }
