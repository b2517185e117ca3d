# id: healthy-strict-sysctls
# title: a hardened sysctl.conf
# family: healthy
# symptom: rp_filter=1, icmp_echo_ignore_all=1, log_martians=1, arp_ignore=1, and more
# expect: healthy: strict settings that no flow meets
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { for k in ipv4.conf.all.rp_filter=1 ipv4.icmp_echo_ignore_all=1 ipv4.conf.all.log_martians=1 ipv4.conf.all.arp_ignore=1 ipv4.conf.all.arp_announce=2 ipv4.conf.all.send_redirects=0 ipv4.conf.all.accept_redirects=0 ipv4.tcp_syncookies=1 ipv4.conf.all.secure_redirects=0 ipv6.conf.all.disable_ipv6=1; do sysctl -qw net.$k; done; }
restore() { for k in ipv4.conf.all.rp_filter=0 ipv4.icmp_echo_ignore_all=0 ipv4.conf.all.log_martians=0 ipv4.conf.all.arp_ignore=0 ipv4.conf.all.arp_announce=0 ipv4.conf.all.send_redirects=1 ipv4.conf.all.secure_redirects=1 ipv6.conf.all.disable_ipv6=0; do sysctl -qw net.$k; done; }
