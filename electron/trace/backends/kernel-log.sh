# Binds a logger for IPv4: without one, TRACE and LOG of the old iptables are silent. Its name is nf_log_ipv4 on every kernel, its
# module nf_log_ipv4 up to Linux 5.12 and nf_log_syslog since.
LOGGER=/proc/sys/net/netfilter/nf_log/2
bind_logger() {
  local before
  IFS= read -r before <"$LOGGER"
  case $before in nf_log_*) return ;; esac
  modprobe nf_log_syslog 2>/dev/null || modprobe nf_log_ipv4 2>/dev/null
  bound_before=$before
  { echo nf_log_ipv4 >"$LOGGER"; } 2>/dev/null && return
  echo "no logger could be bound: the kernel knows none called nf_log_ipv4, and no module brings it" >&2
  return 1
}
# What was bound before comes back
release_logger() {
  [ -z "${bound_before-}" ] || echo "$bound_before" >"$LOGGER"
}
