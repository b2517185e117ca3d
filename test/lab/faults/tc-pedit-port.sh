# id: tc-pedit-port
# title: a tc filter rewrites the port of what is sent to the web container
# family: tc
# symptom: the web container's port times out
# expect: tc egress filter on the veth of shop-web-1 rewrites tcp dport 80 to 81 (pedit)
# expect_terms: tc, egress, pedit, dport, 81
# flow: published port
# probes: m2p h2p h2pl v2c
# sources: lab
# suites: bookworm trixie
inject() {
  local v
  v=$(veth shop-web-1)
  echo "$v" > /run/veth
  tc qdisc add dev "$v" clsact
  tc filter add dev "$v" egress protocol ip flower ip_proto tcp dst_port 80 action pedit ex munge tcp dport set 81 pipe action csum ip tcp
}
restore() { tc qdisc del dev "$(cat /run/veth)" clsact; }
