# id: ipt-masquerade-missing
# title: the MASQUERADE rule of the compose network is missing
# family: iptables
# symptom: compose containers time out; packets leave the VM with source 172.18.0.x
# expect: no MASQUERADE rule for 172.18.0.0/16 in nat POSTROUTING
# expect_terms: MASQUERADE, 172.18.0.0/16, missing
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# sources: docker/for-linux#957, moby/moby#36151
# suites: bullseye bookworm trixie
inject() { iptables -t nat -D POSTROUTING -s "$SHOP" ! -o "$(BR)" -j MASQUERADE; }
restore() { iptables -t nat -I POSTROUTING -s "$SHOP" ! -o "$(BR)" -j MASQUERADE; }
