# id: xdp-drop
# title: an XDP program at the port of the web container drops everything
# family: tc
# symptom: the web container reaches nobody and nobody reaches it; no rule, counter or tcpdump on its port shows a packet
# expect: the XDP program on the host's end of the veth of shop-web-1 drops what the container sends
# expect_terms: XDP, veth
# flow: container→internet, container→dns, published port
# probes: c2c c2ibig
# maybe: c2i c2n cdns m2p h2p h2pl v2c c2cn c2h
# sources: lab
# suites: bullseye bookworm trixie
# clang 14, for BPF: SEC("xdp") int drop(void *ctx) { return XDP_DROP; }
OBJECT=H4sIAAAAAAACA6t39XFjYmRkgAFGhu8MCB4CbEBiO0BJNqDK7WA9DAxTGfADdiAWYmCG8wWgNBODXklqRQlDSlF+AUNFSgGDXk5OWW58YkpKUXFmOoNecUlRSWISkK7MBdEUAzkgZsYi3gil9dDEGbHwQZgNTdwBh30saHweAvoF0MQ50PggeWaf//lAqgFZvAGPe5GBGjjMMUEAlDZA8yfMfglo0AMANztbJjACAAA=
inject() { echo "$OBJECT" | base64 -d | gunzip >/tmp/drop.o && ip link set dev "$(veth shop-web-1)" xdp obj /tmp/drop.o sec xdp; }
restore() { ip link set dev "$(veth shop-web-1)" xdp off; rm -f /tmp/drop.o; }
