# id: healthy-scary-counters
# title: drop rules whose counters have risen
# family: healthy
# symptom: DROP and REJECT rules with high counters, a tc filter that drops, entries of dead neighbours
# expect: healthy: what these rules drop is nobody’s flow
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -I FORWARD -m conntrack --ctstate INVALID -j DROP; iptables -I OUTPUT -d 192.0.2.7 -j DROP; iptables -I INPUT -p tcp --dport 445 -j REJECT; ping -c 30 -i 0.01 -W 1 192.0.2.7 || true; nft -f - <<N
table inet audit {
  chain fwd_count {
    type filter hook forward priority -10; policy accept
    ct state invalid counter packets 91234 bytes 7000000 drop
    ip daddr 198.51.100.0/24 counter packets 555 bytes 5555 drop
  }
}
N
  tc qdisc add dev "$WAN" clsact; tc filter add dev "$WAN" ingress protocol ip u32 match ip src 198.51.100.0/24 action drop; tc filter add dev "$WAN" egress protocol ip u32 match ip dst 198.51.100.0/24 action drop; ip neigh replace 10.0.2.200 lladdr 02:00:00:00:00:aa dev "$WAN" nud permanent; }
restore() { ip neigh del 10.0.2.200 dev "$WAN"; tc qdisc del dev "$WAN" clsact; nft delete table inet audit; iptables -D FORWARD -m conntrack --ctstate INVALID -j DROP; iptables -D OUTPUT -d 192.0.2.7 -j DROP; iptables -D INPUT -p tcp --dport 445 -j REJECT; }
