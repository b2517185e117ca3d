# id: container-listens-on-other-address
# title: the program in the web container listens on its address of another network only
# family: container
# symptom: connection refused on port 8080
# expect: the program in shop-web-1 listens on 172.20.0.9:80 (network zone-b) only, and the port leads to its address on shop_default
# expect_terms: shop-web-1, 172.20.0.9, zone-b
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  docker network create --subnet 172.20.0.0/24 zone-b >/dev/null
  shop web -p 8080:80 busybox:latest sh -c \
    'until ip -o addr | grep -q 172.20.0.9/; do sleep 1; done; exec httpd -f -p 172.20.0.9:80 -h /tmp'
  docker network connect --ip 172.20.0.9 zone-b shop-web-1
  sleep 3
}
restore() {
  web -p 8080:80
  docker network rm zone-b >/dev/null
  sleep 1
}
