# id: route-default-wrong
# title: the default gateway of the VM is an address where nobody is
# family: vm-network
# symptom: nothing is reached: "No route to host"
# expect: the VM’s default route goes via 10.0.2.99, where nobody answers; the NAT gateway is 10.0.2.2
# expect_terms: 10.0.2.99, gateway
# flow: container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# maybe: m2p
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  ip route show default >/run/default
  ip route replace default via 10.0.2.99 dev "$WAN" metric "$(sed -n "s/.*metric \([0-9]*\).*/\1/p" /run/default)"
  ip neigh show 10.0.2.2 | grep -q lladdr
}
restore() {
  ip route del default
  sed 's/^/route add /' /run/default | ip -batch -
}
