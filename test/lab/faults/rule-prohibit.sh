# id: rule-prohibit
# title: a policy routing rule prohibits what the compose subnet sends
# family: routes
# symptom: compose containers are refused everything outside
# expect: ip rule from 172.18.0.0/16 prohibit
# expect_terms: ip rule, 172.18.0.0/16, prohibit
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: v2c m2p h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip rule add from "$SHOP" prohibit pref 100; }
restore() { ip rule del from "$SHOP" prohibit pref 100; }
