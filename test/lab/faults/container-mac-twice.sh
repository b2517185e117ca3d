# id: container-mac-twice
# title: the web container was made with the hardware address of the database
# family: container
# symptom: the web container does not reach the database, and now and then nothing answers
# expect: shop-web-1 and shop-db-1 have the same MAC address on shop_default
# expect_terms: shop-web-1, shop-db-1, MAC
# flow: container→container
# probes: c2c c2cn
# maybe: c2i c2n c2ibig cdns v2c h2p h2pl m2p
# sources: moby/moby#48082, portainer/portainer#1645
# suites: bullseye bookworm trixie
inject() {
  web -p 8080:80 --mac-address "$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.MacAddress}}{{end}}' shop-db-1)"
}
restore() { web -p 8080:80; }
