# id: bridge-port-locked
# title: the bridge port of the web container is locked
# family: link
# symptom: only the web container has no network
# expect: the bridge port of shop-web-1 is locked, and the bridge has no fdb entry for it
# expect_terms: locked, br-
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c c2cn m2p h2p h2pl v2c
# sources: lab
# suites: bookworm trixie
inject() {
  local v
  v=$(veth shop-web-1)
  bridge link set dev "$v" learning off locked on
  forget shop-web-1 "$v"
}
restore() { bridge link set dev "$(veth shop-web-1)" learning on locked off; }
