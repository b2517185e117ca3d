# What keep.sh arms and disarms here: commands one after another, taken back when a later one fails, when nobody listens any
# more, or when the time is over; unless `keep` was said. Given: do_N and back_N, the commands of step N from 0 and what takes
# them back; STEPS, how many; STEP_LIMIT, seconds for each; NONCE, with which each line of ours begins.
# shellcheck disable=SC2154 # given
trap '' PIPE
done_steps=
say() { printf '\n%s %s\n' "$NONCE" "$*"; }

# run NAME: a daemon that it starts must not count as something of ours that was left
run() { env -u CULPRIT_MARK timeout -k 2 "$STEP_LIMIT" bash -c "${!1}" </dev/null 2>&1; }

arm() {
  local n code
  say "keeper $$"
  for ((n = 0; n < STEPS; n++)); do
    say "begin $n"
    run "do_$n"
    code=$?
    say "end $n $code"
    # What its time was too short for has begun all the same
    case $code in 0 | 124 | 137) done_steps="$n $done_steps" ;; esac
    [ "$code" = 0 ] || return 1
  done
  say armed
}

disarm() {
  local n ok=yes
  [ "$last_word" != keep ] || { say kept; return; }
  for n in $done_steps; do run "back_$n" || ok=no; done
  say "gone $ok"
}
