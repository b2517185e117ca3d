# id: host-dns-udp-blocked
# title: the Mac's firewall lets no DNS over UDP through
# family: vm-network
# symptom: no name resolves; by IP everything works
# expect: name servers answer over TCP and not over UDP
# expect_terms: UDP, 53
# flow: container→dns
# probes: vdns cdns cdnsd c2n c2nd
# host: dns-udp
# sources: https://www.rfc-editor.org/rfc/rfc7766
# suites: bullseye bookworm trixie
inject() { :; }
restore() { :; }
