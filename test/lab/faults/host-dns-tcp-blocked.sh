# id: host-dns-tcp-blocked
# title: the Mac's firewall lets no DNS over TCP through
# family: vm-network
# symptom: a few names do not resolve
# expect: name servers answer over UDP and not over TCP
# expect_terms: TCP
# flow: dns over TCP
# probes: none
# host: dns-tcp
# sources: https://www.rfc-editor.org/rfc/rfc7766
# suites: bullseye bookworm trixie
inject() { :; }
restore() { :; }
