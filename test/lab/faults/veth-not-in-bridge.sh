# id: veth-not-in-bridge
# title: the web container's veth was detached from its bridge
# family: link
# symptom: only shop-web-1 has no network; its veth is UP
# expect: veth of shop-web-1 has no master, it is not a port of br-<id>
# expect_terms: veth, master
# flow: container→internet, container→dns, container→container, host→published port, mac→published port
# probes: c2i c2n c2ibig cdns c2c m2p h2p h2pl v2c
# maybe: c2cn
# sources: moby/moby#26492
# suites: bullseye bookworm trixie
inject() { local v; v=$(veth shop-web-1); echo "$v" > /run/veth; ip link set "$v" nomaster; }
restore() { ip link set "$(cat /run/veth)" master "$(BR)"; sleep 1; inns shop-web-1 ping -c1 -W2 172.18.0.1 >/dev/null; }
