# id: sysctl-wan-forwarding-0
# title: forwarding is off on the adapter that leads out
# family: sysctl
# symptom: containers get no answers, the VM does
# expect: net.ipv4.conf.WAN.forwarding=0: answers that come in by it are not forwarded
# expect_terms: forwarding
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2n c2ibig cdns c2id c2nd cdnsd m2p
# sources: moby/moby#14185
# suites: bullseye bookworm trixie
inject() { sysctl -qw net.ipv4.conf."$WAN".forwarding=0; }
restore() { sysctl -qw net.ipv4.conf."$WAN".forwarding=1; }
