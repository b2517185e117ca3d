# LOG rules that only tell where a packet came by. Given: LAST, rules that not every kernel has a table for.
# shellcheck disable=SC2153 # given
prepare() {
  printf '%s\n' "${LAST//@NAME@/culprit_$$}" | restore 2>/dev/null
  return 0
}

