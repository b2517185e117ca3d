# The old iptables' tracer speaks through the kernel's log.
prepare() { bind_logger; }
release() { release_logger; }

