# id: dns-vm-ipv6-server-only
# title: the VM's resolv.conf names an IPv6 server only, and there is no IPv6
# family: dns
# symptom: the VM resolves no name, and docker pull fails; by IP everything works
# expect: /etc/resolv.conf of the VM has nameserver 2001:db8::53 alone, to which no IPv6 route leads
# expect_terms: resolv.conf, 2001:db8::53, IPv6 route
# flow: host→dns
# probes: vdns
# sources: moby/moby#46968
# suites: bullseye bookworm trixie
inject() { cp /etc/resolv.conf /run/resolv.lab; echo 'nameserver 2001:db8::53' > /etc/resolv.conf; }
restore() { cat /run/resolv.lab > /etc/resolv.conf; }
