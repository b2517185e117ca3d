# Runs in the guest as root, in bash; $1: the flows to try. Prints "name=ok" or "name=what went wrong".
# They all run at once, so this takes about as long as the slowest.
export LC_ALL=C
LIMIT=4
out=$(mktemp -d -p /run)
declare -A PID IP
while read -r name pid ip _; do
  PID[${name#/}]=$pid
  IP[${name#/}]=$ip
done < <(timeout 6 docker inspect -f '{{.Name}} {{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' \
  shop-web-1 shop-db-1 box1 box2 2>/dev/null)

# In a container and in its cgroup, with its own programs and proxy settings.
inside() (
  pid=${PID[$1]:-0}
  shift
  [ "$pid" -gt 0 ] || { echo "container not running" && exit 97; }
  mapfile -d '' proxies < <(grep -zi '_proxy=' "/proc/$pid/environ")
  echo "$BASHPID" >"/sys/fs/cgroup$(sed -n 's/^0:://p' "/proc/$pid/cgroup")/cgroup.procs"
  exec nsenter -t "$pid" -n -m -r -w /bin/env "${proxies[@]}" "$@"
)
said() { # what was said ($2) holds what was wanted ($3)
  case $2 in *"$3"*) return 0 ;; esac
  case $1 in 124 | 143) echo timeout ;; *) echo "${2:-nothing}" | grep -v '^$' | tail -1 ;; esac
  return 1
}
get() { local o; o=$(inside "$1" timeout $LIMIT wget -q -O- "$2" 2>&1) ; said $? "$o" "$3"; }
vm() { local o; o=$(curl -sS -m $LIMIT "$1" 2>&1) ; said $? "$o" "$2"; }
dns() { local o; o=$(inside "$1" timeout $LIMIT nslookup example.lab 2>&1) ; said $? "$o" 203.0.113.10; }
banner() { local o; o=$(inside "$1" timeout $LIMIT nc -w 3 "$2" 22 2>&1 </dev/null) ; said $? "$o" SSH-2; }
whole() {
  local n && n=$("$@" 2>/dev/null | wc -c)
  [ "$n" = 200000 ] || { echo "got $n of 200000 bytes" && return 1; }
}

try() {
  case $1 in
    v2i) vm http://203.0.113.10/ "internet ok" ;;
    vdns) timeout 5 getent ahostsv4 example.lab >/dev/null || { echo "no answer" && return 1; } ;;
    v2ibig) whole curl -s -m 6 http://203.0.113.10/big ;;
    v2c) vm "http://${IP[shop-web-1]:-0.0.0.0}/" shop-web ;;
    h2p) vm http://127.0.0.1:8080/ shop-web ;;
    h2pl) vm http://10.0.2.15:8080/ shop-web ;;
    c2i) get shop-web-1 http://203.0.113.10/ "internet ok" ;;
    c2id) get box1 http://203.0.113.10/ "internet ok" ;;
    c2n) get shop-web-1 http://example.lab/ "internet ok" ;;
    c2nd) get box1 http://example.lab/ "internet ok" ;;
    c2ibig) whole inside shop-web-1 timeout 6 wget -q -O- http://203.0.113.10/big ;;
    cdns) dns shop-web-1 ;;
    cdnsd) dns box1 ;;
    c2c) get shop-web-1 "http://${IP[shop-db-1]:-0.0.0.0}:5432/" shop-db ;;
    c2cn) get shop-web-1 http://db:5432/ shop-db ;;
    c2cd) get box2 "http://${IP[box1]:-0.0.0.0}/" box1 ;;
    c2h) banner box1 10.0.2.15 ;;
  esac
}

for flow in $1; do
  (if why=$(try "$flow"); then echo "$flow=ok"; else echo "$flow=$why"; fi >"$out/$flow") &
done
wait
cat "$out"/*
rm -rf "$out"
