# Holds a table that the kernel removes with its owner (`nft -i`, ours), listens, tries the flows, and goes.
# Standard output: the tracer's lines. Standard error: lines of try.sh, and what went wrong.
# Standard input: a line when the tracer was heard for the first time, and one when it was heard to the end.
export LC_ALL=C CULPRIT_MARK=1
# shellcheck disable=SC2154 # TABLE, SENTINEL, LIMIT and flows() stand above
# HOME: `nft -i` writes its history into ~/.nft.history when it ends, and nothing can be written there
coproc NFT { HOME=/proc exec timeout -k 1 "$LIMIT" nft -i >/dev/null; }
# Closing this end of the pipe ends nft -i, and the kernel takes the table away with it
exec 9>&"${NFT[1]}"
eval "exec ${NFT[1]}>&-"
OWNER=$NFT_PID
printf '%s\n' "$TABLE" >&9
timeout -k 1 "$LIMIT" nft -a monitor trace 9>&- &
MONITOR=$!
finish() {
  exec 9>&-
  kill "$MONITOR" 2>/dev/null
  wait "$MONITOR" "$OWNER" 2>/dev/null
}
trap finish EXIT

