# id: bridge-netfilter-off
# title: no userland proxy, and bridged packets skip iptables
# family: kernel
# symptom: a container cannot use the port that its neighbour publishes; everybody else can
# expect: net.bridge.bridge-nf-call-iptables = 0 with "userland-proxy": false
# expect_terms: bridge-nf-call-iptables
# flow: container→published port of a neighbour
# probes: none
# maybe: h2p
# sources: moby/moby#13162, docker/docs#17312
# suites: bullseye bookworm trixie
inject() { djson '{"userland-proxy": false}'; sysctl -qw net.bridge.bridge-nf-call-iptables=0; }
restore() { sysctl -qw net.bridge.bridge-nf-call-iptables=1; nodjson; }
