# Tries flows while the kernel tells which packets it throws away, in a tracefs instance of our own.
# Standard output: for each try and each processor, the drops with what the kernel did before them.
# shellcheck disable=SC2154 # TRIES, LIMIT and flows() stand above
export LC_ALL=C CULPRIT_MARK=1
root=/sys/kernel/tracing
[ -d $root/instances ] || root=/sys/kernel/debug/tracing
[ -d $root/instances ] || { echo "the guest has no tracefs" >&2; exit 1; }
[ -d $root/events/skb/kfree_skb ] || { echo "the kernel does not tell of drops" >&2; exit 1; }
command -v setsid >/dev/null || { echo "the guest has no setsid" >&2; exit 1; }

# The instance outlives the process that made it, so one that nothing of ours can kill takes it away: it leaves the lane
# (its mark and its session) and waits for the end of a pipe that only this shell holds. The kernel closes that pipe
# however this shell ends. What an earlier keeper could not take away, because it was killed itself, goes first.
# shellcheck disable=SC2016 # expanded by the keeper itself
keeper='
remove() {
  for n in {1..100}; do
    rmdir "$1" 2>/dev/null
    [ -d "$1" ] || return
    sleep 0.1
  done
}
for old in "$0"/instances/culprit-*; do
  [ -d "$old" ] && [ ! -d "/proc/${old##*-}" ] && rmdir "$old"
done
mine=$0/instances/culprit-$$
# Nobody may be left to hear that it is ready
trap "" PIPE
trap "remove $mine; exit" TERM HUP INT
mkdir "$mine" && echo "$mine"
exec >/dev/null
IFS= read -r -t "$1" _
remove "$mine"
'
coproc KEEPER { exec env -u CULPRIT_LANE setsid bash -c "$keeper" "$root" "$LIMIT" 2>/dev/null; }
# shellcheck disable=SC2153 # coproc sets it
keeper_pid=$KEEPER_PID
exec 8>&"${KEEPER[1]}" 9<&"${KEEPER[0]}"
eval "exec ${KEEPER[1]}>&- ${KEEPER[0]}<&-"
finish() {
  cd /
  exec 8>&-
  wait "$keeper_pid" 2>/dev/null
}
trap finish EXIT
IFS= read -r mine <&9
if [ -z "$mine" ] || ! cd "$mine"; then
  echo "no tracefs instance could be made" >&2
  exit 1
fi

# IPv4 only, as the flows are; the way to a drop: in by a device, the route, out by a device
{
  echo 0 >tracing_on
  echo 512 >buffer_size_kb
  echo 'protocol == 2048' >events/skb/kfree_skb/filter
  echo stacktrace >events/skb/kfree_skb/trigger
  for event in skb/kfree_skb net/netif_receive_skb net/net_dev_queue fib/fib_table_lookup; do
    echo 1 >events/$event/enable
  done
} 2>/dev/null
for ((try = 1; try <= TRIES; try++)); do
  echo >trace
  echo 1 >tracing_on
  ( flows ) >/dev/null 2>&1 8>&- 9<&-
  echo 0 >tracing_on
  for cpu in per_cpu/cpu*; do
    echo "@@ $try ${cpu#per_cpu/cpu}"
    # Kernels before 5.14 print addresses as they are: nobody needs the location's, and half of the packet's is enough
    grep -v '^#' "$cpu/trace" | grep -B 16 -A 18 ' kfree_skb: ' |
      sed -E 's/ location=[0-9a-f]{16}//; s/skbaddr=[0-9a-f]{8}/skbaddr=/' | head -c 200000
  done
  # On a slow guest a try takes so long that TCP sends its packet again by itself
  [ "$SECONDS" -ge 10 ] && break
done
