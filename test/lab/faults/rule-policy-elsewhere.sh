# id: rule-policy-elsewhere
# title: a policy rule sends containers into a tunnel that is dead
# family: routing
# symptom: containers time out, the VM is fine
# expect: ip rule from 172.18.0.0/16 lookup 77, whose default route leads to tun9
# expect_terms: ip rule, 172.18.0.0/16, table 77
# flow: container→internet
# probes: c2i c2n c2ibig
# maybe: cdns m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip tuntap add tun9 mode tun; ip link set tun9 up; ip address add 192.0.2.9/24 dev tun9; ip route add 172.18.0.0/16 dev "$(BR)" table 77; ip route add 10.0.2.0/24 dev "$WAN" table 77; ip route add default dev tun9 table 77; ip rule add from "$SHOP" lookup 77 priority 900; }
restore() { ip rule del priority 900; ip link del tun9; ip route flush table 77; }
