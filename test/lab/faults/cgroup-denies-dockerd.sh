# id: cgroup-denies-dockerd
# title: hardened: docker.service may talk to this machine only
# family: dns
# symptom: containers of user networks find each other's names and no others; 127.0.0.1:8080 hangs in the VM; nothing can be pulled
# expect: IPAddressDeny= of docker.service keeps the name server 10.0.2.3 from dockerd
# expect_terms: docker.service, IPAddressDeny, 10.0.2.3
# flow: container→dns
# probes: cdns c2n h2p
# sources: systemd.resource-control(5), systemd/systemd#6764
# suites: bullseye bookworm trixie
inject() {
  mkdir -p /etc/systemd/system/docker.service.d
  printf '[Service]\nIPAddressDeny=any\nIPAddressAllow=localhost\n' >/etc/systemd/system/docker.service.d/50-local.conf
  systemctl daemon-reload
}
restore() { rm -r /etc/systemd/system/docker.service.d; systemctl daemon-reload; }
