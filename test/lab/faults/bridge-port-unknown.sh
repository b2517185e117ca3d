# id: bridge-port-unknown
# title: the bridge port of the web container neither learns nor floods
# family: link
# symptom: only the web container has no network
# expect: the bridge port of shop-web-1 has learning off and flood off, and the bridge has no fdb entry for it
# expect_terms: learning off, flood off, br-
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c c2cn m2p h2p h2pl v2c
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  local v
  v=$(veth shop-web-1)
  bridge link set dev "$v" learning off flood off
  forget shop-web-1 "$v"
}
restore() { bridge link set dev "$(veth shop-web-1)" learning on flood on; }
