# shellcheck shell=sh disable=SC2154,SC2034
# Runs the one script in `s` with a standard input, at most `t` seconds (0: no limit). Input: `=TEXT` is a line for the
# command, `+TEXT` text without a line end, `E` the end; any other line is only a sign of life. Output as in exec.sh.

# The reader. It tells the job its process id, since a pipeline's parts do not know each other.
feed() {
  trap '' PIPE
  read -r me x </proc/self/stat
  printf '%s\n' "$me"
  while IFS= read -r l; do
    kill -USR1 "$w" || break
    case $l in
      '='*) printf '%s\n' "${l#?}" ;;
      '+'*) printf '%s' "${l#?}" ;;
      E) exec >/dev/null ;;
    esac
  done
  # The job's end would stop the sweep half-way: the first that it kills is what the job waits for
  trap '' TERM
  sweep
  kill -KILL "$$"
}

task() {
  IFS= read -r f
  exec 3<&0
  if [ "$k" = gnu ]; then
    timeout -k 1 "$t" /bin/sh -c "$s" <&3 3<&- &
  else
    /bin/sh -c "$s" <&3 3<&- &
  fi
  p=$!
  exec 3<&- </dev/null
  [ "$k" = gnu ] || [ "$t" = 0 ] || limit >/dev/null 2>&1 &
  { wait "$p"; } 2>/dev/null
  r=$?
  if [ "$k" = gnu ]; then
    kill -KILL "-$p" 2>/dev/null
  else
    read -r me x </proc/self/stat
    kill_session "$me $f $$ $PPID $o $w" "$w"
  fi
  printf '\n%s 0 %s\n' "$n" "$r"
  printf '\n%s 0\n' "$n" >&2
  kill "$f" "$w"
}

watch &
w=$!
# Nothing may be printed before somebody listens: the first line says so.
IFS= read -r l || { kill "$w"; exit; }
{ feed | task 2>&4 4>&-; } 4>&2 2>/dev/null
