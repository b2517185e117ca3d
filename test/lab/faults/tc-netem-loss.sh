# id: tc-netem-loss
# title: netem with 100 % loss on the compose bridge
# family: tc
# symptom: compose containers send, no reply reaches them
# expect: tc qdisc netem loss 100% on br-<id>
# expect_terms: netem, loss
# flow: container→internet, container→dns, published port
# probes: c2i c2n c2ibig cdns m2p h2p h2pl v2c
# sources: lab
# suites: bullseye bookworm trixie
inject() { tc qdisc add dev "$(BR)" root netem loss 100%; inns shop-web-1 ip neigh replace 172.18.0.1 lladdr "$(cat "/sys/class/net/$(BR)/address")" dev eth0 nud reachable; }
restore() { tc qdisc del dev "$(BR)" root; inns shop-web-1 ping -c1 -W2 172.18.0.1 >/dev/null; }
