# id: fw-source-in-drop-zone
# title: the subnet of the compose network is a source of zone drop
# family: firewalld
# symptom: compose containers time out, others work
# expect: 172.18.0.0/16 is a source of firewalld zone drop
# expect_terms: firewalld, drop, 172.18.0.0/16, zone
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: c2c c2cn m2p h2p h2pl v2c c2h
# sources: lab
# base: firewalld
# suites: bookworm trixie
inject() { fwup; fwzones; firewall-cmd -q --zone=drop --add-source="$SHOP"; }
restore() { firewall-cmd -q --zone=drop --remove-source="$SHOP"; fwdown; }
