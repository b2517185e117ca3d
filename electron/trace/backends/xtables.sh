# Rules in chains of our own, which base chains of iptables' tables jump to. Given: TOOLS (names that iptables may have here, the
# surest first), KIND (nft or legacy; empty: whatever the first of TOOLS is), RULES, BASES (the base chains, as TABLE/CHAIN).
# shellcheck disable=SC2153 # given
for TOOL in $TOOLS; do command -v "$TOOL-restore" >/dev/null && break; done
[ -n "$KIND" ] || case $("$TOOL" -V) in *nf_tables*) KIND=nft ;; *) KIND=legacy ;; esac
tables() { for base in $BASES; do echo "${base%/*}"; done | sort -u; }
restore() { "$TOOL-restore" -w 5 --noflush; }

# take_out NAME TABLE: all that is called after NAME, at once
take_out() {
  local saved
  saved=$("$TOOL-save" -t "$2")
  case $saved in *":$1_"*) ;; *) return ;; esac
  {
    echo "*$2"
    printf '%s\n' "$saved" | sed -n "s/^-A \([A-Z]*\) -j \($1_[a-z_]*\)\$/-D \1 -j \2/p"
    printf '%s\n' "$saved" | sed -n "s/^:\($1_[a-z_]*\) .*/-F \1/p"
    printf '%s\n' "$saved" | sed -n "s/^:\($1_[a-z_]*\) .*/-X \1/p"
    echo COMMIT
  } | restore
}

# Which of BASES there are. Asking iptables-legacy would make them; iptables-nft shows them in any case.
base_chains() {
  local base table
  for base in $BASES; do
    table=${base%/*}
    if [ "$KIND" = legacy ]; then
      grep -qsx "$table" /proc/net/ip_tables_names && echo "$base"
    else
      nft list chain ip "$table" "${base#*/}" >/dev/null 2>&1 && echo "$base"
    fi
  done
}
had() { printf '%s\n' "$bases_before" | grep -q "^$1"; }

# What came with us and nobody has put anything into since: base chains, the table itself
remove_rest() {
  local base table chain
  if [ "$KIND" = legacy ]; then
    for table in $(tables); do had "$table/" || unload "$table"; done
    return
  fi
  for base in $BASES; do
    had "$base\$" && continue
    table=${base%/*} chain=${base#*/}
    # the kernel refuses to delete a chain that holds a rule
    "$TOOL" -w 5 -t "$table" -S "$chain" | grep -q '^-A' || nft delete chain ip "$table" "$chain" ||
      "$TOOL" -w 5 -t "$table" -X "$chain"
  done
  for table in $(tables); do
    had "$table/" || nft list table ip "$table" | grep -q '^[[:space:]]' || nft delete table ip "$table"
  done
}

# unload TABLE: of iptables-legacy, unless somebody uses it by now
unload() {
  grep -qs "^iptable_$1 " /proc/modules || return
  "$TOOL-save" -t "$1" | grep -q '^-A\|^:.* -\|DROP' && return
  # Somebody who lists the tables just now holds it for a moment
  local n
  for n in 1 2 3 4 5; do
    rmmod "iptable_$1" && return
    sleep "0.$n"
  done
}

# What was left behind, for somebody killed the keeper itself
sweep() {
  local table name pid
  for table in $(printf '%s\n' "$bases_before" | sed -n 's#/.*##p' | sort -u); do
    "$TOOL-save" -t "$table" | sed -n 's/^:\(culprit_\([0-9]*\)\)_.*/\1 \2/p' | sort -u | while read -r name pid; do
      alive "$pid" || take_out "$name" "$table"
    done
  done
}

arm() {
  bases_before=$(base_chains)
  sweep 2>/dev/null
  prepare || return
  printf '%s\n' "${RULES//@NAME@/culprit_$$}" | restore
}
disarm() {
  # before that nothing was armed, and nobody knows what was there
  [ -n "${bases_before+known}" ] || return
  local table
  # somebody may have changed the table in between
  for table in $(tables); do take_out "culprit_$$" "$table" || take_out "culprit_$$" "$table"; done
  remove_rest
  release
}
# What else a backend needs
prepare() { :; }
release() { :; }

