# id: image-missing
# title: the image is not there and cannot be pulled
# family: docker-daemon
# symptom: "Unable to find image … pull access denied / timeout"; web does not exist
# expect: image shop/web:1 does not exist locally and the registry cannot be reached, so shop-web-1 was never created
# expect_terms: image, shop/web
# flow: mac→published port
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn
# sources: common question (no thread looked up)
# suites: bullseye bookworm trixie
inject() { docker rm -f shop-web-1 >/dev/null; timeout 25 docker run -d --name shop-web-1 --network shop_default -p 8080:80 shop/web:1 2>&1 | tail -2; ! docker inspect shop-web-1 >/dev/null 2>&1; }
restore() { web -p 8080:80; sleep 1; }
