# id: fw-rich-rule-drop
# title: a rich rule of firewalld drops what the compose network sends
# family: firewalld
# symptom: compose containers time out, others work
# expect: zone docker has the rich rule: rule family=ipv4 source address=172.18.0.0/16 drop
# expect_terms: firewalld, rich rule, 172.18.0.0/16
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: c2c c2cn m2p h2p h2pl v2c c2h
# sources: https://firewalld.org/documentation/man-pages/firewalld.richlanguage.html
# base: firewalld
# suites: bookworm trixie
inject() {
  fwup
  fwzones
  firewall-cmd -q --zone=docker --add-rich-rule="rule family=ipv4 source address=$SHOP drop"
}
restore() { firewall-cmd -q --zone=docker --remove-rich-rule="rule family=ipv4 source address=$SHOP drop"; fwdown; }
