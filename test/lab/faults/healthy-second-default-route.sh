# id: healthy-second-default-route
# title: a second interface with a default route of its own
# family: healthy
# symptom: two default routes, a blackhole, a rule for marked packets
# expect: healthy: the second route has the higher metric, the rest is for addresses and marks that nobody uses
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link add eth9 type dummy; ip addr add 192.168.56.10/24 dev eth9; ip link set eth9 up; ip route add default via 192.168.56.1 dev eth9 metric 900; ip route add blackhole 198.51.100.0/24; ip route add unreachable default table 99; ip rule add fwmark 0x99 lookup 99; }
restore() { ip rule del fwmark 0x99 lookup 99; ip route flush table 99; ip route del blackhole 198.51.100.0/24; ip link del eth9; }
