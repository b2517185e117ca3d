# shellcheck shell=sh disable=SC2154,SC2034
# Runs commands one after the other. Input: `run ID SECONDS LINES` and then the script; any other line is only a sign
# of life. Output: the command's own, then on stdout a line with nonce, id and exit code, on stderr with nonce and id.

# What the command left running goes with it: its end is the end of all of it.
job() {
  if [ "$k" = gnu ]; then
    timeout -k 1 "$t" /bin/sh -c "$s" </dev/null &
    p=$!
    trap 'kill -KILL "-$p"; exit' TERM
    { wait "$p"; } 2>/dev/null
    r=$?
    kill -KILL "-$p" 2>/dev/null
  else
    /bin/sh -c "$s" </dev/null &
    p=$!
    limit </dev/null >/dev/null 2>&1 &
    { wait "$p"; } 2>/dev/null
    r=$?
    read -r me x </proc/self/stat
    kill_session "$me $$ $PPID $o $w" "$w"
  fi
  printf '\n%s %s %s\n' "$n" "$i" "$r"
  printf '\n%s %s\n' "$n" "$i" >&2
}

die() {
  trap '' TERM HUP INT
  kill -TERM "$w"
  [ -n "$j" ] && look "$j" && [ "$state" != Z ] && kill -TERM "$j" && sweep
  exit
}

j=''
trap die TERM HUP INT
watch &
w=$!
while read -r verb i t c; do
  kill -USR1 "$w" || break
  [ "$verb" = run ] || continue
  [ -z "$j" ] || wait "$j"
  s=
  while [ "$c" -gt 0 ]; do
    IFS= read -r l || die
    s=$s$l$nl
    c=$((c - 1))
  done
  job &
  j=$!
done
die
