# id: disk-full
# title: the disk of the VM is full and the web container could not start
# family: vm
# symptom: web does not start: "no space left on device"
# expect: the disk / of the VM is full
# expect_terms: disk, full
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl v2c
# maybe: c2i c2n c2ibig cdns c2c c2cn
# sources: moby/moby#18869
# suites: bullseye bookworm trixie
inject() {
  docker stop -t 1 shop-web-1 >/dev/null
  # fast, but a file needs blocks of its own: the rest in ever smaller pieces
  fallocate -l $(($(stat -f -c %f /) * $(stat -f -c %S /) - 33554432)) /var/lib/fill
  dd if=/dev/zero of=/var/lib/fill2 bs=1M 2>/dev/null || :
  dd if=/dev/zero of=/var/lib/fill2 bs=4k oflag=append conv=notrunc 2>/dev/null || :
  ! timeout 60 docker start shop-web-1 2>/dev/null
}
restore() { rm -f /var/lib/fill /var/lib/fill2; docker start shop-web-1; }
