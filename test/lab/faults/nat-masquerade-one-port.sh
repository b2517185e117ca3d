# id: nat-masquerade-one-port
# title: a MASQUERADE rule has one port for all connections
# family: iptables
# symptom: of several connections to one server the first works and the others get no answer
# expect: nat POSTROUTING MASQUERADE --to-ports 40000 leaves one port to all connections of containers
# expect_terms: POSTROUTING, MASQUERADE, 40000
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: WaverleyLabs/fwknop#9
# suites: bullseye bookworm trixie
inject() {
  local net
  for net in 172.17.0.0/16 "$SHOP"; do iptables -t nat -I POSTROUTING -s "$net" -o "$WAN" -p tcp -j MASQUERADE --to-ports 40000-40000; done
}
restore() {
  local net
  for net in 172.17.0.0/16 "$SHOP"; do iptables -t nat -D POSTROUTING -s "$net" -o "$WAN" -p tcp -j MASQUERADE --to-ports 40000-40000; done
}
