# id: dns-resolv-conf-empty
# title: resolv.conf of the VM names no server
# family: dns
# symptom: no name resolves on the VM
# expect: /etc/resolv.conf of the VM has no nameserver line
# expect_terms: resolv.conf, nameserver, no
# flow: container→dns
# probes: vdns
# maybe: cdns c2n
# sources: moby/libnetwork#924
# suites: bullseye bookworm trixie
inject() { cp -a /etc/resolv.conf /run/resolv.keep; : >/etc/resolv.conf; }
restore() { cat /run/resolv.keep >/etc/resolv.conf; }
