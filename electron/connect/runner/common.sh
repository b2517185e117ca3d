# shellcheck shell=sh disable=SC2154,SC2034,SC2013,SC2016
# What runs in the guest: POSIX sh (dash, busybox ash, bash); nothing is written to the guest's disk. This is read
# before exec.sh or stream.sh, in one shell.
#
# A lane is one such shell reading lines from its standard input; a line every few seconds says that Culprit is alive.
# Three parts do not wait for each other: the reader reads, the job runs the command and reports its end, the watch
# kills everything when nothing was read for a while. When the reader's input ends, it kills at once.
#
# Given: n nonce of the end marker, m mark in the environment of all we start, o the process that began this lane
# (before sudo), b its parent (sshd's process for this connection, or empty), k how time limits are kept: gnu
# (timeout makes a process group), bare, or auto, nl a line feed. Set: w the watch, S our session.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
CULPRIT_LANE=$m
export PATH CULPRIT_LANE
w=''

# Sets state, ppid and session of process $1; false when it is gone.
look() {
  { IFS= read -r x <"/proc/$1/stat"; } 2>/dev/null || return 1
  x=${x##*) }; state=${x%% *}; x=${x#* }; ppid=${x%% *}; x=${x#* }; x=${x#* }; session=${x%% *}
}

# Whose session is it? sshd and sudo each make one for a command; any other could be shared with strangers.
S=
if look "$$"; then
  case $session in "$$" | "$o") S=$session ;; esac
  [ "$o" != "$$" ] && [ "$session" = "$PPID" ] && S=$session
fi

# Kills our session, sparing the processes $1 and the children of process $2.
kill_session() {
  [ -n "$S" ] || return 0
  for pass in 1 2 3; do
    hit=''
    for d in $(grep -lsE "^[0-9]+ \\(.*\\) . [0-9]+ [0-9]+ $S " /proc/[0-9]*/stat); do
      d=${d#/proc/} d=${d%/stat}
      case " $1 " in *" $d "*) continue ;; esac
      look "$d" && [ "$ppid" != "$2" ] && kill -KILL "$d" && hit=1
    done
    [ -n "$hit" ] || break
  done 2>/dev/null
}

# Kills all that this lane started but the caller itself: first what carries the mark, wherever it went, then what
# lost it but is still in our session.
sweep() {
  read -r me x </proc/self/stat
  for pass in 1 2 3; do
    hit=''
    for d in $(grep -lsF "CULPRIT_LANE=$m" /proc/[0-9]*/environ); do
      d=${d#/proc/} d=${d%/environ}
      [ "$d" = "$me" ] || { kill -KILL "$d" && hit=1; }
    done
    [ -n "$hit" ] || break
  done 2>/dev/null
  kill_session "$me $PPID $o" ''
}

# Ends process $p after $t seconds, where there is no better way.
limit() {
  sleep "$t"
  kill -TERM "$p"
  sleep 1
  kill -KILL "$p"
}

# The dead man's switch: 4 ticks of 4 s without a signal from the reader, and everything goes, this connection too.
watch() {
  t=0 z=
  trap 't=0' USR1
  trap 'kill "$z"; exit' TERM
  while read -r x u y && [ "$x" != Uid: ]; do :; done </proc/self/status
  printf '\n%s hello %s %s\n' "$n" "$k" "$u"
  exec </dev/null >/dev/null 2>&1
  while [ "$t" -lt 4 ] && kill -0 "$$"; do
    sleep 4 &
    z=$!
    while kill -0 "$z"; do wait "$z"; done
    t=$((t + 1))
  done
  trap '' TERM
  kill -KILL "$$"
  sweep
  [ -n "$b" ] || return
  IFS= read -r x <"/proc/$b/cmdline"
  case $x in sshd*': '*'@'*) kill "$b" ;; esac
}

# Does timeout give its command a process group, as the one of coreutils does and busybox's does not?
if [ "$k" = auto ]; then
  k=bare
  timeout -k 1 5 /bin/sh -c 'kill -0 "-$PPID" && [ "$PPID" != "$1" ]' - "$$" </dev/null >/dev/null 2>&1 && k=gnu
fi
