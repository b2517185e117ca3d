# id: dns-nsswitch-without-dns
# title: nsswitch.conf of the VM looks names up in files only
# family: dns
# symptom: programs of the VM find no name, name servers answer
# expect: /etc/nsswitch.conf has hosts: files, without dns
# expect_terms: nsswitch.conf, hosts, dns
# flow: VM→dns
# probes: vdns
# sources: lab
# suites: bullseye bookworm trixie
inject() { cp /etc/nsswitch.conf /run/nsswitch.lab; sed -i 's/^hosts:.*/hosts: files/' /etc/nsswitch.conf; }
restore() { cat /run/nsswitch.lab > /etc/nsswitch.conf; }
