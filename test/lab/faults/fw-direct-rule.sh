# id: fw-direct-rule
# title: a firewalld direct rule rejects forwarded container traffic
# family: firewalld
# symptom: containers get "Connection refused"/unreachable for everything outside
# expect: a firewalld direct rule (FORWARD_direct / FORWARD, REJECT from 172.16.0.0/12) blocks container traffic
# expect_terms: direct, FORWARD, 172.16.0.0/12
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2id c2n c2nd c2ibig cdns cdnsd
# maybe: m2p c2c c2cn c2cd
# sources: moby/moby#16137
# base: firewalld
# suites: bookworm trixie
inject() { fwup; fwzones; firewall-cmd --direct --add-rule ipv4 filter FORWARD 0 -s 172.16.0.0/12 ! -d 172.16.0.0/12 -j REJECT; }
restore() { firewall-cmd --direct --remove-rule ipv4 filter FORWARD 0 -s 172.16.0.0/12 ! -d 172.16.0.0/12 -j REJECT; fwdown; }
