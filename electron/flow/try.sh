# How one flow is tried, in bash, with nothing but the guest's own tools: /dev/tcp and /dev/udp need none.
# Every function prints one line in one write, so that lines of flows that run side by side never mix:
#   F <tab> index <tab> milliseconds <tab> how far it got <tab> what was said
# A flow that is cut off by the time limit prints no last line: that is how a time-out looks.
export LC_ALL=C
exec 4>&1
# bash counts its SECONDS by the clock, which somebody may set meanwhile: a VM that was paused is set right when it goes on
read -r start _ </proc/uptime
T0=0
now() {
  t=${EPOCHREALTIME/[.,]/}
  [ -n "$t" ] || t=$(date +%s%6N)
  t=$((t / 1000))
  [ "$t" -ge "$T0" ] || t=$T0
}
say() {
  now
  local d=${3//[$'\t\n\r']/ }
  printf 'F\t%s\t%s\t%s\t%s\n' "$1" $((t - T0)) "$2" "${d:0:1500}"
}
begin() { T0=0; now; T0=$t; }

# expire SECONDS: waits for all flows of this place, at most so long after the last of them was started; on a slow guest
# longer by twice the time that starting them took. Then the whole process group goes, `timeout` that leads it included.
expire() {
  local up limit
  read -r up _ </proc/uptime
  limit=$(($1 + 2 * (${up%.*} - ${start%.*})))
  {
    sleep "$limit"
    kill -KILL 0
  } &
  local killer=$! jobs job
  jobs=$(jobs -p)
  for job in $jobs; do [ "$job" = "$killer" ] || wait "$job"; done
  exec 2>/dev/null
  kill -KILL 0
}

# tcp INDEX HOST PORT: is the connection accepted?
tcp() {
  begin
  local e
  if e=$(exec 2>&1; exec 3<>"/dev/tcp/$2/$3"); then say "$1" connected ""; else say "$1" failed "$e"; fi
}

# peek INDEX HOST PORT: accepted, and not closed within 0.4 s (a proxy accepts, then finds nobody behind it)?
peek() {
  begin
  local e c
  e=$(
    exec 2>&1
    exec 3<>"/dev/tcp/$2/$3" || exit 1
    IFS= read -r -t 0.4 -N 1 -u 3 _
    c=$?
    [ $c -gt 128 ] && exit 0
    exit $((c == 0 ? 0 : 9))
  )
  c=$?
  case $c in 0) say "$1" connected "" ;; 9) say "$1" closed "$e" ;; *) say "$1" failed "$e" ;; esac
}

# fetch INDEX ADDRESS PORT HOSTHEADER PATH: a page to its end; says "opened" when the connection stood and "answered" when
# the first bytes came.
fetch() {
  local e c
  e=$(
    exec 2>&1
    # bash goes on after a redirection that failed
    exec 3<>"/dev/tcp/$2/$3" || exit 1
    say "$1" opened "" >&4
    # bash sends a line at a time: a server that answers after the first one may have hung up at the second
    trap '' PIPE
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: culprit\r\nConnection: close\r\n\r\n' "$5" "$4" 2>/dev/null >&3
    IFS= read -r -N 8 -u 3 x || exit 9
    say "$1" answered "$x" >&4
    cat <&3 | wc -c
    exit "${PIPESTATUS[0]}"
  )
  c=$?
  case $c in 0) say "$1" connected "$e" ;; 9) say "$1" closed "$e" ;; *) say "$1" failed "$e" ;; esac
}
page() { begin; fetch "$@"; }

# ask QUERY: its bytes in one write. bash writes a line at a time, and a label of ten letters, as of prometheus, begins with the
# byte of a line break: over UDP half a question would go first.
ask() {
  case $1 in
  *\\x0a*) printf %b "$1" | dd obs=2048 status=none ;;
  *) printf %b "$1" ;;
  esac
}

# dns INDEX udp|tcp SERVER QUERY: prints the answer's bytes in hex.
dns() {
  begin
  local e
  if e=$(
    exec 2>&1
    exec 3<>"/dev/$2/$3/53"
    ask "$4" >&3
    dd bs=2048 count=1 status=none <&3 | od -An -v -tx1
    exit $((PIPESTATUS[0]))
  ); then say "$1" answered "$e"; else say "$1" failed "$e"; fi
}

# first_a HEX...: the first A record of a DNS answer, into A.
first_a() {
  local a=("$@") i=12 n t l
  A=
  [ ${#a[@]} -gt 12 ] || return
  while [ $((16#${a[i]:-0})) -gt 0 ]; do i=$((i + 16#${a[i]} + 1)); done
  i=$((i + 5))
  n=$((16#${a[6]}${a[7]}))
  while [ $((n--)) -gt 0 ] && [ -n "${a[i + 11]}" ]; do
    if [ $((16#${a[i]})) -ge 192 ]; then i=$((i + 2)); else
      while [ $((16#${a[i]:-0})) -gt 0 ]; do i=$((i + 16#${a[i]} + 1)); done
      i=$((i + 1))
    fi
    t=${a[i]}${a[i + 1]}
    l=$((16#${a[i + 8]}${a[i + 9]}))
    [ "$t" = 0001 ] && A=$((16#${a[i + 10]})).$((16#${a[i + 11]})).$((16#${a[i + 12]})).$((16#${a[i + 13]})) && return
    i=$((i + 10 + l))
  done
}

# named INDEX SERVER QUERY PORT HOST PATH: asks the server for the name, then connects to what it said, and fetches
# PATH there unless it is empty.
named() {
  begin
  local e h
  if ! h=$(
    exec 2>&1
    exec 3<>"/dev/udp/$2/53"
    ask "$3" >&3
    dd bs=2048 count=1 status=none <&3 | od -An -v -tx1
    exit $((PIPESTATUS[0]))
  ); then
    say "$1" no-dns "$h"
    return
  fi
  # shellcheck disable=SC2086 # the words are the bytes
  first_a $h
  if [ -z "$A" ]; then
    say "$1" no-address "$h"
    return
  fi
  say "$1" resolved "$A"
  if [ -n "$6" ]; then
    fetch "$1" "$A" "$4" "$5" "$6"
  elif e=$(exec 2>&1; exec 3<>"/dev/tcp/$A/$4"); then
    say "$1" connected "$A"
  else
    say "$1" failed "$e"
  fi
}

# lookup INDEX NAME: as programs of the guest look names up.
lookup() {
  begin
  command -v getent >/dev/null 2>&1 || { say "$1" no-tool getent; return; }
  local e c
  e=$(getent ahostsv4 "$2" 2>&1)
  c=$?
  case $c in 0) say "$1" connected "${e%%[[:space:]]*}" ;; 2) say "$1" unknown "" ;; *) say "$1" failed "getent ended with $c" ;; esac
}

# icmp INDEX HOST
icmp() {
  begin
  command -v ping >/dev/null 2>&1 || { say "$1" no-tool ping; return; }
  local e
  if e=$(ping -n -c 1 -W 2 "$2" 2>&1); then say "$1" connected ""; else say "$1" failed "$e"; fi
}
