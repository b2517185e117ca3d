# id: rp-filter-asymmetric
# title: strict rp_filter drops the replies of fwmark-routed containers
# family: sysctl
# symptom: compose containers time out, tcpdump on the VM sees the replies arrive
# expect: rp_filter=1 drops replies on the WAN interface: the main table's route to 203.0.113.0/24 points to tun8 (containers go out by fwmark 0x77, src_valid_mark=0)
# expect_terms: rp_filter
# flow: container→internet
# probes: c2i c2n c2ibig
# maybe: v2i v2ibig c2id c2nd
# sources: newsnowlabs/docker-ingress-routing-daemon#4, containers/netavark#962
# suites: bullseye bookworm trixie
inject() { ip tuntap add dev tun8 mode tun; ip addr add 10.7.0.2/24 dev tun8; ip link set tun8 up; ip route add "$NET" dev tun8; ip route add default via 10.0.2.2 dev "$WAN" table 77; iptables -t mangle -I PREROUTING -i "$(BR)" -d "$NET" -j MARK --set-mark 0x77; ip rule add fwmark 0x77 lookup 77 pref 90; sysctl -qw net.ipv4.conf.all.src_valid_mark=0 net.ipv4.conf.all.rp_filter=1 net.ipv4.conf."$WAN".rp_filter=1; }
restore() { sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf."$WAN".rp_filter=0; ip rule del fwmark 0x77 lookup 77 pref 90; iptables -t mangle -D PREROUTING -i "$(BR)" -d "$NET" -j MARK --set-mark 0x77; ip route flush table 77; ip link del tun8; }
