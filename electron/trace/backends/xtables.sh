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

# The chains there are, as TABLE/CHAIN. Asking iptables-legacy would make them; iptables-nft shows them in any case.
chains_now() {
  local base word name table
  if [ "$KIND" = legacy ]; then
    for base in $BASES; do grep -qsx "${base%/*}" /proc/net/ip_tables_names && echo "$base"; done
    return
  fi
  nft list chains ip 2>/dev/null | while read -r word name base _; do
    case $word in table) table=$base ;; chain) echo "$table/$name" ;; esac
  done
}
# had WHAT: was this chain there before us, or with `TABLE/` any chain of this table?
had() { printf '%s\n' "$chains_before" | grep -q "^$1"; }

# made TABLE: the base chains in it that came with us
made() {
  local base
  for base in $BASES; do
    case $base in "$1"/*) had "$base\$" || echo "$base" ;; esac
  done
}

# What came with us and nobody has put anything into since: base chains, the table itself
remove_rest() {
  local table base ours now
  now=$(chains_now)
  for table in $(tables); do
    ours=$(made "$table")
    if [ "$KIND" = legacy ]; then
      had "$table/" || unload "$table"
      continue
    fi
    {
      # the kernel refuses to delete a chain that holds a rule, and with it all that is said in one go
      printf '%s\n' "$now" | grep -xF "$ours" | sed 's#^\(.*\)/#delete chain ip \1 #'
      had "$table/" || printf '%s\n' "$now" | grep "^$table/" | grep -qvxF "$ours" || echo "delete table ip $table"
    } | nft -f - && continue
    # somebody has a rule in one of them by now, or there is no nft
    for base in $ours; do
      "$TOOL" -w 5 -t "$table" -S "${base#*/}" | grep -q '^-A' || "$TOOL" -w 5 -t "$table" -X "${base#*/}"
    done
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
  for table in $(tables); do
    had "$table/" || continue
    "$TOOL-save" -t "$table" | sed -n 's/^:\(culprit_\([0-9]*\)\)_.*/\1 \2/p' | sort -u | while read -r name pid; do
      alive "$pid" || take_out "$name" "$table"
    done
  done
}

arm() {
  chains_before=$(chains_now)
  sweep 2>/dev/null
  prepare || return
  rules | restore
}
rules() { printf '%s\n' "${RULES//@NAME@/culprit_$$}"; }
disarm() {
  # before that nothing was armed, and nobody knows what was there
  [ -n "${chains_before+known}" ] || return
  local table
  # somebody may have changed the table in between
  for table in $(tables); do take_out "culprit_$$" "$table" || take_out "culprit_$$" "$table"; done
  remove_rest
  release
}
# What else a backend needs
prepare() { :; }
release() { :; }

