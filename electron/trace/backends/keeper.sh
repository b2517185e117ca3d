# Holds what a keeper armed (keep.sh), listens, tries the flows, and goes.
# Standard output: the tracer's lines. Standard error: lines of try.sh, and what went wrong.
# Standard input: a line when the tracer was heard for the first time, and one when it was heard to the end.
export LC_ALL=C CULPRIT_MARK=1
# The keeper has a session of its own and not the lane's mark: what sweeps up after a dead link leaves it to its work
coproc KEEPER { exec env -u CULPRIT_LANE setsid bash -c "$KEEP" culprit "$KEEP_LIMIT" >/dev/null; }
# Closing this end of the pipe tells the keeper to disarm
exec 9>&"${KEEPER[1]}"
eval "exec ${KEEPER[1]}>&-"
OWNER=$KEEPER_PID
echo >&9
timeout -k 1 "$LIMIT" bash -c "$MONITOR_SH" 9>&- &
MONITOR=$!
finish() {
  exec 9>&-
  kill "$MONITOR" 2>/dev/null
  wait "$MONITOR" "$OWNER" 2>/dev/null
}
trap finish EXIT

