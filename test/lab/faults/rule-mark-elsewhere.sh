# id: rule-mark-elsewhere
# title: what comes from docker0 gets a mark, and a policy rule leads marked packets to a device with nobody behind it
# family: routing
# symptom: containers on docker0 reach nothing outside over TCP; the VM does, and so do containers of other networks
# expect: the ip rule “fwmark 0x77 lookup 177”, whose table leads to sink8, and the rule that sets the mark
# expect_terms: fwmark 0x77, 177, sink8, PREROUTING
# flow: container→internet
# probes: c2id c2nd
# sources: ip-rule(8); iptables-extensions(8)
# suites: bullseye bookworm trixie
inject() {
  iptables -t mangle -A PREROUTING -i docker0 -p tcp -j MARK --set-mark 0x77
  ip link add sink8 type dummy
  ip link set sink8 up
  ip route add default dev sink8 table 177
  ip rule add fwmark 0x77 lookup 177
}
restore() {
  ip rule del fwmark 0x77 lookup 177
  ip link del sink8
  iptables -t mangle -D PREROUTING -i docker0 -p tcp -j MARK --set-mark 0x77
}
