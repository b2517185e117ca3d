# LOG rules that only tell where a packet came by. Given: PLACES (NAME/TABLE/CHAIN/start or end), MATCHES, LIMIT, SENTINEL.
# shellcheck disable=SC2153,SC2154 # given

# chains TABLE: our chains in it, in one transaction. A packet that fits several matches is logged once: -g does not return.
chains() {
  local place name chain at own say
  echo "*$1"
  for place in $PLACES; do
    case $place in */"$1"/*) ;; *) continue ;; esac
    name=${place%%/*} at=${place##*/} chain=${place%/*}
    chain=${chain##*/} own=culprit_$$_$name
    # debug: into the log, and not onto the console
    say="-j LOG --log-level debug --log-prefix \"culprit_$$ $name \""
    printf '%s\n' ":$own - [0:0]" ":${own}_l - [0:0]" "-A ${own}_l $say"
    [ "$name" != out_first ] || printf '%s\n' "-A $own -d $SENTINEL $say" "-A $own -d $SENTINEL -j DROP"
    printf '%s\n' "$MATCHES" | sed "s#^#-A $own #; s#\$# $LIMIT -g ${own}_l#"
    case $at in start) echo "-I $chain 1 -j $own" ;; *) echo "-A $chain -j $own" ;; esac
  done
  echo COMMIT
}

# Not every kernel has this table
prepare() {
  chains security | restore 2>/dev/null
  return 0
}
# The sentinel's rules come last: once it is seen, everything is
rules() {
  chains mangle
  chains raw
}

