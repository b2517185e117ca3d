# hear PORT: sends the sentinel until we are told that this very one was heard. What comes in just as the time of a read in bash
# ends is lost (seen on 5.2 in a slow guest, each eighth time), so it is said as often as the sentinel is heard.
# It takes the place of every sleep: what the tracer
# printed before it, it printed about packets that came before it. A tracer takes a moment to start, and what was sent before that it
# never tells: so the sentinel goes out often.
hear() {
  local c said
  while kill -0 "$MONITOR" 2>/dev/null && kill -0 "$OWNER" 2>/dev/null; do
    { echo >"/dev/udp/$SENTINEL/$1"; } 2>/dev/null
    IFS= read -r -t 0.03 said
    c=$?
    [ "$said" = "$1" ] && return 0
    [ $c = 0 ] || [ $c -gt 128 ] || exit 0
  done
  echo "the tracer ended early" >&2
  exit 1
}
hear 1
# in a shell of their own: their `wait` must not wait for the tracer
( flows ) >&2 9>&-
hear 2
