import { script } from './script.ts';

/** Network namespaces that are entered at most. */
export const MAX_NAMESPACES = 40;

/**
 * No further namespace is entered after that many seconds: each costs three program starts, 5 s of an emulated guest whose
 * host is busy, and what was read has to be printed before the command's time is over.
 */
const MAX_SECONDS = 24;

/**
 * Finds containers by the pid files of containerd's shims, or else by their cgroups, so that it works while dockerd is
 * down. Sockets come from /proc/PID/net, which shows the namespace of that process, so only `ip` and `nft` have to be run inside
 * (the VM's own: the container needs no tools), and of the rules there the text only where one drops. A resolv.conf or
 * hosts file that is a symbolic link is not read: it would be followed in the VM's file system. The shell's `read` gets one
 * byte at a time, after which a file in /proc/sys has no more: grep reads it whole.
 */
export const CONTAINERS_SCRIPT = script(`
command -v nsenter >/dev/null || exit 127
read -r begun rest </proc/uptime
found=$(grep -sH '' /run/containerd/io.containerd.runtime.v*/moby/*/init.pid /run/docker/containerd/daemon/io.containerd.runtime.v*/moby/*/init.pid)
if [ -z "$found" ]; then
  seen=
  for l in $(grep -sHoE '[/-][0-9a-f]{64}' /proc/[0-9]*/cgroup); do
    pid=\${l#/proc/}; pid=\${pid%%/*}; id=\${l##*:}; id=\${id#?}
    case $seen in *$id*) continue;; esac
    seen="$seen $id"; found="$found /moby/$id/init.pid:$pid"
  done
fi
echo @@pids
pids=; tables=; confs=; hosts=; namespaces=; n=0
for l in $found; do
  pid=\${l##*:}; id=\${l%/init.pid:*}; id=\${id##*/}
  case $pid in ''|*[!0-9]*) continue;; esac
  [ -d "/proc/$pid" ] || continue
  n=$((n+1)); [ $n -le 100 ] || continue
  echo "$id $pid"
  pids="$pids $pid"; namespaces="$namespaces /proc/$pid/ns/net"
  etc=/proc/$pid/root/etc
  [ ! -L $etc ] && [ ! -L $etc/resolv.conf ] && [ -f $etc/resolv.conf ] && confs="$confs $etc/resolv.conf"
  [ ! -L $etc ] && [ ! -L $etc/hosts ] && [ -f $etc/hosts ] && hosts="$hosts $etc/hosts"
done
echo @@namespaces
inodes=$(ls -dLi /proc/1/ns/net $namespaces)
printf '%s\\n' "$inodes"
set -- $inodes
[ $# -ge 2 ] || exit 1
host=$1; shift 2
seen=" $host "; n=0; nft=
command -v nft >/dev/null && [ -d /sys/module/nf_tables ] && nft=1
while [ $# -ge 2 ]; do
  ino=$1 pid=\${2#/proc/}; pid=\${pid%%/*}; shift 2
  case $seen in *" $ino "*) continue;; esac
  seen="$seen$ino "
  n=$((n+1)); [ $n -le ${MAX_NAMESPACES} ] || continue
  read -r now rest </proc/uptime
  [ $((\${now%.*} - \${begun%.*})) -lt ${MAX_SECONDS} ] || { echo "@@left $ino"; continue; }
  tables="$tables /proc/$pid/net/tcp /proc/$pid/net/tcp6 /proc/$pid/net/udp /proc/$pid/net/udp6"
  echo "@@sysctl $ino"
  nsenter -t "$pid" -n sh -c 'grep -sH "" /proc/sys/net/ipv4/ip_default_ttl /proc/sys/net/ipv4/ip_local_port_range /proc/sys/net/ipv6/bindv6only
  echo "@@ip $0"; exec ip -j -force -batch -' "$ino" <<'EOF'
address show
route show table all
rule show
neighbour show
EOF
  [ -n "$nft" ] || continue
  rules=$(nsenter -t "$pid" -n nft -j -a list ruleset)
  echo "@@nft $ino"
  printf '%s\\n' "$rules"
  case $rules in *'"drop"'*|*'"reject"'*)
    echo "@@nft-text $ino"
    nsenter -t "$pid" -n nft -a list ruleset;;
  esac
done
echo @@sockets
[ -z "$tables" ] || grep -sHE '^ *[0-9]+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 (0A|07) ' $tables
echo @@resolv
[ -z "$confs" ] || grep -sH -m 40 -E '^.{1,300}$' $confs
echo @@hosts
[ -z "$hosts" ] || grep -sH -m 60 -E '^[0-9.]+[[:space:]].{1,300}$' $hosts
echo @@end
`);
