# id: rule-policy-routing
# title: a policy routing rule sends the compose subnet to an empty or unreachable table
# family: routing
# symptom: compose containers: "Network is unreachable"; VM and default bridge are fine
# expect: ip rule from 172.18.0.0/16 lookup 66, table 66 has only an unreachable default
# expect_terms: ip rule, 172.18.0.0/16, table 66
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2n c2ibig cdns m2p
# maybe: h2p h2pl v2c
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip route add unreachable default table 66; ip rule add from "$SHOP" lookup 66 pref 100; }
restore() { ip rule del from "$SHOP" lookup 66 pref 100; ip route flush table 66; }
