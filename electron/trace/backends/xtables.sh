# TRACE rules in chains of our own, which iptables' raw table jumps to first. Given: TOOLS (names that iptables may have here,
# the surest first), KIND (nft or legacy), RULES.
# shellcheck disable=SC2153 # given
for TOOL in $TOOLS; do command -v "$TOOL-restore" >/dev/null && break; done
raw() { "$TOOL" -w 5 -t raw "$@"; }

# remove NAME
remove() {
  raw -D PREROUTING -j "$1_pre"
  raw -D OUTPUT -j "$1_out"
  local chain
  for chain in "$1_pre" "$1_out"; do
    raw -F "$chain"
    raw -X "$chain"
  done
}

# The base chains that the raw table has. Asking iptables-legacy would make it; iptables-nft shows them in any case.
base_chains() {
  if [ "$KIND" = legacy ]; then
    grep -qsx raw /proc/net/ip_tables_names && echo PREROUTING OUTPUT
  else
    nft list table ip raw 2>/dev/null | sed -n 's/^[[:space:]]*chain \(PREROUTING\|OUTPUT\) {/\1/p'
  fi
}

# What came with us and nobody has put anything into since: base chains, the table itself
remove_rest() {
  if [ "$KIND" = legacy ]; then
    [ -n "$had" ] || "$TOOL-save" -t raw | grep -q '^-A\|^:.* -\|DROP' && return
    # Somebody who lists the tables just now holds it for a moment
    local n
    for n in 1 2 3 4 5; do
      rmmod iptable_raw && return
      sleep "0.$n"
    done
    return
  fi
  local chain
  for chain in PREROUTING OUTPUT; do
    case $had in *$chain*) ;; *)
      # the kernel refuses to delete a chain that holds a rule
      raw -S "$chain" | grep -q '^-A' || nft delete chain ip raw "$chain" || raw -X "$chain"
      ;;
    esac
  done
  [ -n "$had" ] || nft list table ip raw | grep -q '^[[:space:]]' || nft delete table ip raw
}

arm() {
  had=$(base_chains)
  if [ -n "$had" ]; then
    # What was left behind, for somebody killed the keeper itself
    "$TOOL-save" -t raw | sed -n 's/^:\(culprit_\([0-9]*\)\)_pre .*/\1 \2/p' | while read -r name pid; do
      alive "$pid" || remove "$name"
    done 2>/dev/null
  fi
  prepare || return
  printf '%s\n' "${RULES//@NAME@/culprit_$$}" | "$TOOL-restore" -w 5 --noflush
}
disarm() {
  remove "culprit_$$"
  remove_rest
  release
}
# What else a backend needs
prepare() { :; }
release() { :; }

