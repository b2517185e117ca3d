# id: route-halves-to-tunnel
# title: a VPN left its two half routes behind
# family: routing
# symptom: neither the VM nor containers reach the internet
# expect: routes 0.0.0.0/1 and 128.0.0.0/1 lead to tun9, before the default route
# expect_terms: 0.0.0.0/1, 128.0.0.0/1, tun9
# flow: container→internet
# probes: v2i v2ibig c2i c2n c2ibig c2id c2nd
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip tuntap add tun9 mode tun; ip addr add 10.8.0.6/32 dev tun9; ip link set tun9 up; ip route add 0.0.0.0/1 dev tun9; ip route add 128.0.0.0/1 dev tun9; }
restore() { ip link del tun9; }
