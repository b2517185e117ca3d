#!/bin/sh
# Runs once in the booted guest while its image is built: the image, networks and containers of the lab.
set -ex
tries=0
until docker info >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 90 ]
  sleep 1
done
docker import -c 'CMD ["sh"]' -c 'ENV PATH=/bin' /opt/lab/busybox.tar busybox:latest
docker network create --label com.docker.compose.project=shop --label com.docker.compose.network=default shop_default
run() { docker run -d --stop-signal KILL --restart unless-stopped "$@"; }
shop() {
  service=$1
  shift
  run --name "shop-$service-1" --label com.docker.compose.project=shop --label "com.docker.compose.service=$service" \
    --label com.docker.compose.container-number=1 --network shop_default --network-alias "$service" "$@"
}
shop db busybox:latest sh -c 'echo shop-db >/www/index.html; exec httpd -f -p 5432 -h /www'
shop web -p 8080:80 busybox:latest sh -c 'echo shop-web >/www/index.html; exec httpd -f -p 80 -h /www'
run --name box1 busybox:latest sh -c 'echo box1 >/www/index.html; exec httpd -f -p 80 -h /www'
run --name box2 busybox:latest sleep 1000000000

# The image is only good if every flow works in it.
eventually() {
  left=20
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ]
    sleep 1
  done
}
eventually docker exec shop-web-1 timeout 8 wget -q -O- http://db:5432/
eventually docker exec shop-web-1 timeout 8 wget -q -O- http://203.0.113.10/
eventually docker exec box2 timeout 8 wget -q -O- http://example.lab/
eventually curl -sS -m 5 http://127.0.0.1:8080/
rm -f /opt/lab/busybox.tar
