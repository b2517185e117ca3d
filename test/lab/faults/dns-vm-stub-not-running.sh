# id: dns-vm-stub-not-running
# title: the VM asks 127.0.0.53, and systemd-resolved does not run
# family: dns
# symptom: the VM resolves nothing, containers on their old servers do
# expect: /etc/resolv.conf names 127.0.0.53, where nobody listens
# expect_terms: 127.0.0.53
# flow: vm→dns
# probes: vdns
# maybe: cdns c2n
# sources: VirtualBox/virtualbox#205
# suites: bullseye bookworm trixie
inject() { cp /etc/resolv.conf /etc/resolv.conf.away; echo 'nameserver 127.0.0.53' >/etc/resolv.conf; }
restore() { mv /etc/resolv.conf.away /etc/resolv.conf; }
