# Prints what netfilter says in the kernel's log from now on; no log daemon is asked or changed. /dev/kmsg begins with what it
# still has of the past: each record tells its number behind the first comma.
read_kernel_log() {
  local last line number
  last=$(dd if=/dev/kmsg iflag=nonblock bs=8192 2>/dev/null | grep -a '^[0-9]*,[0-9]*,' | tail -n 1)
  last=${last#*,}
  last=${last%%,*}
  # grep reads no /dev/kmsg: it wants whole records
  # shellcheck disable=SC2002
  cat /dev/kmsg | grep -a --line-buffered 'OUT=' | {
    while IFS= read -r line; do
      number=${line#*,}
      [ "${number%%,*}" -gt "${last:-0}" ] || continue
      printf '%s\n' "$line"
      # grep writes whole lines, so that they do not mix with what another program prints
      # shellcheck disable=SC2093
      exec grep -a --line-buffered .
    done
  }
}
