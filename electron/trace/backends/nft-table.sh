# A table as nft-owner's, that a keeper makes and takes back.

# Tables that were left behind, for somebody killed the keeper itself
sweep() {
  nft list tables inet | while read -r _ _ t; do
    case $t in culprit_*) alive "${t#culprit_}" || nft delete table inet "$t" ;; esac
  done
}
arm() {
  sweep 2>/dev/null
  prepare || return
  printf '%s\n' "${TABLE/@NAME@/culprit_$$}" | nft -f -
}
# Also where there is none
disarm() {
  printf 'add table inet %s\ndelete table inet %s\n' "culprit_$$" "culprit_$$" | nft -f -
  release
}
# What else has to be armed with it
prepare() { :; }
release() { :; }

