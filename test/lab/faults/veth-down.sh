# id: veth-down
# title: the end of the web container’s veth in the VM is down
# family: link
# symptom: the container reaches nobody
# expect: the veth of shop-web-1 is DOWN
# expect_terms: veth, down, shop-web-1
# flow: container→internet, container→dns, container→container, host→published port, mac→published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { local v; v=$(veth shop-web-1); echo "$v" >/run/veth; ip link set "$v" down; }
restore() { ip link set "$(cat /run/veth)" up; }
