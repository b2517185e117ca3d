# id: cgroup-denies-internet
# title: hardened: programs of system.slice may send to private addresses only
# family: docker
# symptom: containers reach each other, get names and pages of the VM; the internet times out, and no firewall counts a drop
# expect: IPAddressDeny= of system.slice, in which Docker's containers are, by a BPF program of the cgroup
# expect_terms: system.slice, IPAddressDeny, shop-web-1
# flow: container→internet
# probes: c2i c2id c2n c2nd c2ibig
# sources: systemd.resource-control(5), systemd/systemd#6764
# suites: bullseye bookworm trixie
inject() {
  mkdir -p /etc/systemd/system/system.slice.d
  printf '[Slice]\nIPAddressDeny=any\nIPAddressAllow=localhost 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16\n' \
    >/etc/systemd/system/system.slice.d/50-private.conf
  systemctl daemon-reload
}
restore() { rm -r /etc/systemd/system/system.slice.d; systemctl daemon-reload; }
