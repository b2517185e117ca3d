# id: container-listens-on-ipv6-only
# title: the program in the web container listens on IPv6 only
# family: container
# symptom: connection refused on port 8080, though a program listens on [::]:80
# expect: the program in shop-web-1 listens on [::]:80 with net.ipv6.bindv6only=1 and takes no IPv4
# expect_terms: shop-web-1, [::]:80, bindv6only
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl v2c
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  shop web -p 8080:80 --sysctl net.ipv6.conf.all.disable_ipv6=0 --sysctl net.ipv6.bindv6only=1 \
    busybox:latest sh -c "$(page shop-web '[::]:80')"
  sleep 1
}
restore() { web -p 8080:80; sleep 1; }
