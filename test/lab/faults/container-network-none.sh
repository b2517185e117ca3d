# id: container-network-none
# title: the web container was started without a network
# family: container
# symptom: port 8080 refuses, and the container reaches nothing
# expect: shop-web-1 was started with --network none
# expect_terms: shop-web-1, none
# flow: container→internet, mac→published port
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker rm -f shop-web-1 >/dev/null; box --name shop-web-1 --label com.docker.compose.project=shop --label com.docker.compose.service=web --network none -p 8080:80 busybox:latest sh -c "$(page shop-web 80)"; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
