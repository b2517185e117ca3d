# Holds what a keeper (keep.sh) did in the guest for as long as somebody listens. Standard input: `keep`, and what was done
# stays; its end, however it comes, and all of it is taken back. Standard output: what the keeper and the commands say.
export LC_ALL=C CULPRIT_MARK=1
exec 3>&1
# As in keeper.sh: a session of its own and not the lane's mark, so that what sweeps up after a dead link leaves it to its work
coproc KEEPER { exec env -u CULPRIT_LANE setsid bash -c "$KEEP" culprit "$KEEP_LIMIT" >&3 3>&-; }
exec 9>&"${KEEPER[1]}"
eval "exec ${KEEPER[1]}>&-"
OWNER=$KEEPER_PID
exec 3>&-
echo >&9
IFS= read -r word && printf '%s\n' "$word" >&9
exec 9>&-
wait "$OWNER"
