# Put in front of every fault; both run in the guest as root, in bash.
# shellcheck disable=SC2034 # the faults use these
set -u
export LC_ALL=C
for dev in /sys/class/net/*/device; do WAN=$(basename "${dev%/device}"); done
SHOP=172.18.0.0/16 NET=203.0.113.0/24

BR() { ip -o link show type bridge | grep -o 'br-[0-9a-f]\{12\}' | head -1; } # shop_default's bridge
pid() { docker inspect -f '{{.State.Pid}}' "$1"; }
ipof() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }
inns() {
  local p
  p=$(pid "$1")
  shift
  nsenter -t "$p" -n "$@"
}
# The VM's end of a container's eth0.
veth() {
  local i
  i=$(inns "$1" ip -o link show eth0 | sed 's/.*@if\([0-9]*\):.*/\1/')
  ip -o link | sed -n "s/^$i: \([^@]*\)@.*/\1/p"
}
# Waits until a command succeeds, at most half a minute.
until_true() {
  local i
  for i in $(seq 60); do
    "$@" && return
    [ "$i" -lt 60 ] && sleep 0.5
  done
  echo "never came true: $*" && return 1
}
# The adapter that the machine got for this fault.
second() { grep -l 08:00:27:12:34:57 /sys/class/net/*/address | cut -d/ -f5 | grep .; }
second_is() { ip -o link show "$(second)" | grep -q "$1"; }
# Makes it the only way out, once it is there: the way in by the first one leads nowhere else then.
only_second() {
  until_true second && ip route del default dev "$(ip -o -4 addr show to 10.0.2.15 | cut -d' ' -f2)"
}
# Makes the bridge forget at which of its ports a container is; it knows none where the container was silent.
forget() { bridge fdb del "$(docker exec "$1" cat /sys/class/net/eth0/address)" dev "$2" master 2>/dev/null || true; }

# Docker.
redock() {
  systemctl reset-failed docker docker.socket 2>/dev/null
  systemctl restart docker
  wait4
}
wait4() { # until all four containers run; an old docker leaves one down now and then
  local i
  for i in $(seq 60); do
    [ "$(docker ps -q 2>/dev/null | wc -l)" -ge 4 ] && break
    [ "$i" -gt 12 ] && docker start shop-db-1 shop-web-1 box1 box2 >/dev/null 2>&1
    sleep 1
  done
  sleep 1
}
djson() {
  mkdir -p /etc/docker
  echo "$1" >/etc/docker/daemon.json
  redock
}
nodjson() {
  rm -f /etc/docker/daemon.json
  redock
}

# Starts dockerd where it cannot; systemd tries three times.
nostart() {
  systemctl reset-failed docker docker.socket
  timeout 25 systemctl restart docker || :
  for _ in $(seq 90); do
    systemctl is-failed -q docker && return
    sleep 1
  done
  echo 'docker does not fail' && return 1
}
# The same with options of which it is the fault.
brokenjson() {
  mkdir -p /etc/docker
  echo "$1" >/etc/docker/daemon.json
  nostart
}

# firewalld, started before docker as at boot. Starting it flushes docker's rules.
fwstart() {
  systemctl start firewalld
  for _ in $(seq 60); do
    firewall-cmd --state 2>/dev/null | grep -q '^running' && break
    sleep 1
  done
}
fwup() {
  systemctl is-active -q firewalld && return
  fwstart
  redock
}
fwzones() { # the zone and its members as docker makes them, on every version
  if ! firewall-cmd --permanent --get-zones | grep -qw docker; then
    firewall-cmd -q --permanent --new-zone=docker
    firewall-cmd -q --permanent --zone=docker --set-target=ACCEPT
    firewall-cmd -q --reload
    sleep 3
  fi
  local i
  for i in docker0 "$(BR)"; do
    firewall-cmd -q --zone=docker --query-interface="$i" 2>/dev/null ||
      firewall-cmd -q --zone=docker --change-interface="$i"
  done
}
fwreload() { # what --permanent changed; docker puts its own rules and zones back
  firewall-cmd -q --reload
  for _ in $(seq 30); do
    iptables -S FORWARD | grep -q DOCKER && firewall-cmd -q --zone=docker --query-interface="$(BR)" && break
    sleep 1
  done
}
fwdown() {
  systemctl stop firewalld
  rm -rf /etc/firewalld/zones/* /etc/firewalld/policies/* /etc/firewalld/direct.xml
  redock
}

# Docker with iptables-legacy, as where the administrator chose it. Its rules in nf_tables go.
legacyup() {
  update-alternatives --set iptables /usr/sbin/iptables-legacy >/dev/null
  update-alternatives --set ip6tables /usr/sbin/ip6tables-legacy >/dev/null
  nft flush ruleset
  redock
}

# The containers anew, with other options. NETW: another network.
box() { docker run -d --stop-signal KILL --restart unless-stopped "$@" >/dev/null; }
shop() {
  local service=$1
  shift
  docker rm -f "shop-$service-1" >/dev/null 2>&1
  box --name "shop-$service-1" --label com.docker.compose.project=shop --label "com.docker.compose.service=$service" \
    --label com.docker.compose.container-number=1 --network "${NETW:-shop_default}" --network-alias "$service" "$@"
}
page() { echo "echo $1 >/www/index.html; exec httpd -f -p $2 -h /www"; }
web() { shop web "$@" busybox:latest sh -c "$(page shop-web 80)"; }
db() { shop db "$@" busybox:latest sh -c "$(page shop-db 5432)"; }
box1() {
  docker rm -f box1 >/dev/null 2>&1
  box --name box1 "$@" busybox:latest sh -c "$(page box1 80)"
}

ufwdown() {
  ufw --force disable
  ufw --force reset
  rm -f /etc/ufw/*.20*
  local t
  for t in iptables ip6tables; do "$t-save" | grep -v ufw | "$t-restore"; done
  iptables -P INPUT ACCEPT
  iptables -P OUTPUT ACCEPT
  iptables -P FORWARD DROP
}
