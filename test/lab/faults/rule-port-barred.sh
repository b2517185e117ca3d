# id: rule-port-barred
# title: a policy rule for TCP port 80 leads to a table where everything is unreachable
# family: routes
# symptom: web pages of compose containers are unreachable, names resolve and other ports work
# expect: ip rule … ipproto tcp dport 80 lookup 200, table 200 has only an unreachable default
# expect_terms: ip rule, ipproto tcp dport 80, table 200
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip rule add iif "$(BR)" ipproto tcp dport 80 lookup 200 pref 100; ip route add unreachable default table 200; }
restore() { ip route flush table 200; ip rule del pref 100; }
