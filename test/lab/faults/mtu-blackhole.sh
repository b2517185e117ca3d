# id: mtu-blackhole
# title: the path takes 1400 bytes, bigger packets are dropped silently
# family: mtu
# symptom: small requests work, downloads hang, in containers and on the VM
# expect: MTU blackhole: packets above 1400 bytes are dropped on the WAN path (WAN MTU 1400, containers/bridge 1500)
# expect_terms: MTU, 1400, 1500
# flow: container→internet (large answers)
# probes: c2ibig v2ibig
# sources: moby/moby#20178, moby/moby#22028, moby/moby#22297
# suites: bullseye bookworm trixie
inject() { ip link set "$WAN" mtu 1400; nft "add table netdev pathmtu; add chain netdev pathmtu rx { type filter hook ingress device $WAN priority 0; policy accept; }; add rule netdev pathmtu rx ether type ip meta length > 1414 tcp dport != 22 drop"; for f in gro rx-gro-hw lro; do ethtool -K "$WAN" "$f" off 2>/dev/null || :; done; }
restore() { nft delete table netdev pathmtu; ip link set "$WAN" mtu 1500; ethtool -K "$WAN" gro on 2>/dev/null; :; }
