#!/bin/bash
# What somebody who knows exactly what to look for would run over one SSH session, as root, on the lab machine: the same
# facts, the same flows, a trace of those that fail, and the state before and after. It knows the containers' names and
# addresses from Docker, it does things side by side where that is easily written, and it explains nothing.
export LC_ALL=C
d=$(mktemp -d /dev/shm/by-hand.XXXXXX)
trap 'rm -rf "$d"' EXIT
state() { nft list ruleset; iptables-legacy-save; grep -rsH . /proc/sys/net/ipv4 /proc/sys/net/bridge /proc/sys/net/netfilter /proc/sys/net/core; ls /sys/class/net; }

# --- facts
state >"$d/before" 2>/dev/null &
{ docker version; docker network ls -q | xargs docker network inspect; docker ps -aq | xargs docker inspect; cat /etc/docker/daemon.json; } >"$d/docker" 2>&1 &
{
  for p in $(docker ps -q | xargs docker inspect -f '{{.State.Pid}}'); do
    nsenter -t "$p" -n sh -c 'ip -j -d addr; ip -j route show table all; ip -j rule; ip -j neigh; cat /proc/self/net/tcp /proc/self/net/tcp6 /proc/self/net/udp'
    cat "/proc/$p/root/etc/resolv.conf"
  done
} >"$d/containers" 2>&1 &
{ nft -j -a list ruleset; nft -a list ruleset; } >"$d/ruleset" 2>&1 &
{ iptables-nft-save; ip6tables-nft-save; iptables --version; nft --version; } >"$d/iptables" 2>&1 &
{
  firewalld=org.fedoraproject.FirewallD1
  if systemctl is-active -q firewalld; then
    b="busctl call $firewalld /org/fedoraproject/FirewallD1"
    $b $firewalld.zone getActiveZones
    for z in docker public; do $b $firewalld.zone getZoneSettings2 s $z; done
    $b $firewalld.policy getActivePolicies
    $b $firewalld.direct getAllRules
  fi
  cat /etc/firewalld/firewalld.conf
} >"$d/firewalld" 2>&1 &
{ ip -j -d addr; ip -j route show table all; ip -j rule; ip -j neigh; tc -j qdisc; } >"$d/ip" 2>&1 &
{
  cat /etc/os-release /etc/resolv.conf /etc/nsswitch.conf /proc/modules /proc/net/netfilter/nf_log /proc/sys/net/netfilter/nf_conntrack_*
  uname -a
  date
  df -P / /var/lib/docker
  systemctl is-active docker firewalld ufw nftables
  cat /proc/net/tcp /proc/net/udp
} >"$d/host" 2>&1 &
wait

# --- flows
pid() { docker inspect -f '{{.State.Pid}}' "$1"; }
address() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }
web=$(pid shop-web-1) box=$(pid box2)
dbip=$(address shop-db-1) boxip=$(address box1) webip=$(address shop-web-1)
q='CU\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07example\x03com\x00\x00\x01\x00\x01'
tcp() { local n=$1 e="$2"; shift 2; $e timeout 3 bash -c "exec 3<>/dev/tcp/$1/$2" 2>"$d/$n" && echo "$n ok" || echo "$n FAILED $(head -1 "$d/$n")"; }
udp() { local n=$1 e="$2"; shift 2; $e timeout 3 bash -c "exec 3<>/dev/udp/$1/53; printf '$q' >&3; dd bs=2048 count=1 status=none <&3 | od -An -tx1" >"$d/$n" 2>&1 && echo "$n ok" || echo "$n FAILED"; }
dnstcp() { local n=$1 e="$2"; shift 2; $e timeout 3 bash -c "exec 3<>/dev/tcp/$1/53; printf '\x00\x1d$q' >&3; dd bs=2048 count=1 status=none <&3 | od -An -tx1" >"$d/$n" 2>&1 && echo "$n ok" || echo "$n FAILED"; }
page() { local n=$1 e="$2"; shift 2; $e timeout 3 bash -c "exec 3<>/dev/tcp/$1/80; printf 'GET / HTTP/1.0\r\n\r\n' >&3; cat <&3 | wc -c" >"$d/$n" 2>&1 && echo "$n ok" || echo "$n FAILED"; }
echo_() { local n=$1 e="$2"; $e ping -n -c 1 -W 2 "$3" >"$d/$n" 2>&1 && echo "$n ok" || echo "$n FAILED"; }
each() { # name, how to get there, name server, gateway
  tcp "$1-ip" "$2" 1.1.1.1 80 &
  tcp "$1-ip2" "$2" 8.8.8.8 53 &
  udp "$1-udp" "$2" 8.8.8.8 &
  udp "$1-dns" "$2" "$3" &
  dnstcp "$1-dnstcp" "$2" "$3" &
  page "$1-page" "$2" 203.0.113.10 &
  echo_ "$1-icmp" "$2" 1.1.1.1 &
  echo_ "$1-gw" "$2" "$4" &
}
{
  each guest '' 10.0.2.3 10.0.2.2
  each web "nsenter -t $web -n" 127.0.0.11 172.18.0.1
  each box "nsenter -t $box -n" 10.0.2.3 172.17.0.1
  tcp web-db "nsenter -t $web -n" "$dbip" 5432 &
  tcp box-box "nsenter -t $box -n" "$boxip" 80 &
  tcp guest-web '' "$webip" 80 &
  tcp guest-db '' "$dbip" 5432 &
  tcp guest-box '' "$boxip" 80 &
  tcp guest-published '' 10.0.2.15 8080 &
  wait
} | tee "$d/flows"

# --- a trace of what failed
if grep -q FAILED "$d/flows"; then
  { nft -a monitor trace & echo $! >"$d/monitor"; wait; } >"$d/trace" 2>&1 &
  nft -f - <<'N'
table inet byhand {
  chain pre {
    type filter hook prerouting priority -400; policy accept;
    ip saddr 172.16.0.0/12 ip daddr { 1.1.1.1, 8.8.8.8, 203.0.113.10, 10.0.2.3 } meta l4proto { tcp, udp, icmp } meta nftrace set 1
  }
}
N
  until [ -s "$d/trace" ]; do timeout 0.2 nsenter -t "$web" -n ping -c 1 -W 1 1.1.1.1 >/dev/null; done
  grep FAILED "$d/flows" | { while read -r name _; do
    case $name in web-*) e="nsenter -t $web -n" ;; box-*) e="nsenter -t $box -n" ;; *) e= ;; esac
    case $name in
      *-ip) tcp "$name" "$e" 1.1.1.1 80 & ;;
      *-ip2) tcp "$name" "$e" 8.8.8.8 53 & ;;
      *-udp) udp "$name" "$e" 8.8.8.8 & ;;
      *-dns) udp "$name" "$e" 10.0.2.3 & ;;
      *-dnstcp) dnstcp "$name" "$e" 10.0.2.3 & ;;
      *-page) page "$name" "$e" 203.0.113.10 & ;;
      box-box) tcp "$name" "$e" "$boxip" 80 & ;;
    esac
  done; wait; } >"$d/again" 2>&1
  kill "$(cat "$d/monitor")"
  nft delete table inet byhand
  grep -E 'verdict (drop|reject)' "$d/trace"
fi
state >"$d/after" 2>/dev/null
diff "$d/before" "$d/after" >/dev/null && echo "nothing left behind"
cat "$d"/docker "$d"/containers "$d"/ruleset "$d"/iptables "$d"/firewalld "$d"/ip "$d"/host
