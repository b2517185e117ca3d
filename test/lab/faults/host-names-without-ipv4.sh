# id: host-names-without-ipv4
# title: the Mac is in a network with IPv6 only, names have no IPv4 address
# family: vm-network
# symptom: names resolve to nothing in VM and containers; by IP everything works
# expect: example.com has no IPv4 address
# expect_terms: IPv4
# flow: container→internet by name
# probes: vdns cdns cdnsd c2n c2nd
# host: dns-v4
# sources: https://www.rfc-editor.org/rfc/rfc2308
# suites: bullseye bookworm trixie
inject() { :; }
restore() { :; }
