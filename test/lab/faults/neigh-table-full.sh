# id: neigh-table-full
# title: the neighbour table is full
# family: arp
# symptom: new neighbours can’t be reached; dmesg "neighbor table overflow"
# expect: net.ipv4.neigh.default.gc_thresh3 is reached, the neighbour table is full
# expect_terms: neigh, gc_thresh3, full
# flow: container→container, mac→published port
# probes: c2c c2cd
# maybe: c2i c2id c2n c2nd c2ibig cdns cdnsd c2cn c2h m2p h2p h2pl v2c v2i vdns v2ibig
# sources: kubernetes/kops#4533
# suites: bullseye bookworm trixie
inject() { sysctl -qw net.ipv4.neigh.default.gc_thresh1=1 net.ipv4.neigh.default.gc_thresh2=1 net.ipv4.neigh.default.gc_thresh3=1; ip neigh flush all; ping -c1 -W2 10.0.2.2 >/dev/null 2>&1 || :; ! inns box2 timeout 3 bash -c "exec 3<>/dev/tcp/$(ipof box1)/80" 2>/dev/null; }
restore() { sysctl -qw net.ipv4.neigh.default.gc_thresh3=1024 net.ipv4.neigh.default.gc_thresh2=512 net.ipv4.neigh.default.gc_thresh1=128; }
