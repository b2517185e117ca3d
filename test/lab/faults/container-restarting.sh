# id: container-restarting
# title: the web container crashes and is restarted all the time
# family: container
# symptom: the published port is refused
# expect: shop-web-1 is restarting, its command ends with 1
# expect_terms: shop-web-1, restarting
# flow: mac→published port
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker rm -f shop-web-1; docker run -d --name shop-web-1 --network shop_default --restart always -p 8080:80 busybox:latest sh -c 'exit 1' && sleep 8; }
restore() { docker rm -f shop-web-1; web -p 8080:80; }
