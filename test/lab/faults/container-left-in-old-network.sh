# id: container-left-in-old-network
# title: the web container shares the network of a container that has been started again since
# family: container
# symptom: the web container has no network at all: Network is unreachable
# expect: shop-web-1 has network_mode container:gateway and is in another network namespace than it, with lo only
# expect_terms: shop-web-1, gateway, network
# flow: container→internet, container→dns, container→container, published port
# probes: c2i c2n c2ibig cdns c2c c2cn h2p h2pl m2p
# maybe: v2c
# sources: docker/compose#6626
# suites: bullseye bookworm trixie
inject() {
  docker rm -f shop-web-1 >/dev/null
  box --name gateway --network shop_default --network-alias web -p 8080:80 busybox:latest sleep 1000000000
  box --name shop-web-1 --label com.docker.compose.project=shop --label com.docker.compose.service=web \
    --label com.docker.compose.container-number=1 --network container:gateway busybox:latest sh -c "$(page shop-web 80)"
  docker restart -t 0 gateway >/dev/null
}
restore() {
  docker rm -f shop-web-1 gateway >/dev/null
  web -p 8080:80
}
