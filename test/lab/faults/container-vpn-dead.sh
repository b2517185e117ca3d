# id: container-vpn-dead
# title: a VPN in box1 took its way out with two half routes, and delivers nothing
# family: container
# symptom: only this container reaches nothing outside; its neighbours and Docker's networks work
# expect: the routes 0.0.0.0/1 and 128.0.0.0/1 dev tun9 inside box1 take its traffic to a device that is not Docker's
# expect_terms: box1, tun9, 0.0.0.0/1
# flow: container→internet
# probes: c2i c2n
# sources: wg-quick(8); common question (no thread looked up)
# suites: bullseye bookworm trixie
inject() {
  inns box1 ip link add tun9 type dummy
  inns box1 ip address add 10.99.0.2/24 dev tun9
  inns box1 ip link set tun9 up
  inns box1 ip route add 0.0.0.0/1 dev tun9
  inns box1 ip route add 128.0.0.0/1 dev tun9
}
restore() { inns box1 ip link del tun9; }
