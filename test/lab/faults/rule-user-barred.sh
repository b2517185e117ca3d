# id: rule-user-barred
# title: a policy rule prohibits what root sends to name servers over UDP, and what is forwarded there
# family: routes
# symptom: no name resolves anywhere, addresses work
# expect: ip rule … uidrange 0-0 ipproto udp dport 53 prohibit
# expect_terms: ip rule, uidrange 0-0, udp, dport 53, prohibit
# flow: container→dns
# probes: vdns c2n c2nd cdns cdnsd
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip rule add uidrange 0-0 ipproto udp dport 53 prohibit pref 90; }
restore() { ip rule del pref 90; }
