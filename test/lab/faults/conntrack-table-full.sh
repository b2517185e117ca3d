# id: conntrack-table-full
# title: the conntrack table is full
# family: conntrack
# symptom: new connections of everything time out; dmesg "nf_conntrack: table full, dropping packet"
# expect: nf_conntrack_max is reached, new packets are dropped (table full)
# expect_terms: nf_conntrack, full
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# maybe: vdns cdns cdnsd c2c c2cn c2cd c2h h2p h2pl v2c m2p
# sources: kubernetes/kubernetes#71261, projectcalico/felix#617
# suites: bullseye bookworm trixie
inject() { iptables -t raw -I PREROUTING -p tcp --dport 22 -j CT --notrack; iptables -t raw -I OUTPUT -p tcp --sport 22 -j CT --notrack; sysctl -n net.netfilter.nf_conntrack_max > /run/ctmax; conntrack -D -p tcp --orig-port-dst 22 >/dev/null 2>&1 || :; conntrack -F >/dev/null 2>&1 || :; sysctl -qw net.netfilter.nf_conntrack_tcp_loose=1
  for i in 1 2 3 4; do conntrack -I -p tcp -s 192.0.2.$i -d 192.0.2.99 --sport 1000 --dport 2000 --state ESTABLISHED -u ASSURED,SEEN_REPLY -t 6000; done; sysctl -qw net.netfilter.nf_conntrack_max=3; ! curl -s -m 2 http://203.0.113.10/; dmesg | grep -q "table full"; }
restore() { sysctl -qw net.netfilter.nf_conntrack_max="$(cat /run/ctmax)"; conntrack -F >/dev/null 2>&1; iptables -t raw -D PREROUTING -p tcp --dport 22 -j CT --notrack; iptables -t raw -D OUTPUT -p tcp --sport 22 -j CT --notrack; }
