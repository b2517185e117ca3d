# id: docker-daemon-dns-wrong
# title: daemon.json names a dead DNS server
# family: docker-config
# symptom: no container resolves names; the VM does
# expect: daemon.json has "dns": ["192.0.2.53"], which does not answer
# expect_terms: daemon.json, 192.0.2.53
# flow: container→dns
# probes: cdns cdnsd c2n c2nd
# sources: lab
# suites: bullseye bookworm trixie
inject() { djson '{"dns": ["192.0.2.53"]}'; sleep 1; }
restore() { nodjson; }
