# Prints what netfilter says in the kernel's log from now on; no log daemon is asked or changed. /dev/kmsg begins with what it
# still has of the past, which may be thousands of such lines: a shell that read them would take longer than the trace.
read_kernel_log() {
  local past
  while :; do
    past=$(dd if=/dev/kmsg iflag=nonblock bs=8192 2>/dev/null | wc -c)
    # each read gives one record, so that head takes those of the past and no other; grep reads no /dev/kmsg itself
    { head -c "$past" >/dev/null 2>&1 || exit 9; exec cat; } </dev/kmsg | grep -a --line-buffered 'OUT='
    # where the log is full, what comes in takes the place of the oldest, and a reader that was there gets an error: once more
    [ "${PIPESTATUS[0]}" = 9 ] || return
  done
}
