# id: container-host-network
# title: the web container runs on the network of the VM, with a published port
# family: container
# symptom: port 8080 refuses, port 80 of the VM answers
# expect: shop-web-1 is on the network host, where -p 8080:80 is ignored
# expect_terms: shop-web-1, host, 8080
# flow: mac→published port, host→published port
# probes: m2p h2p h2pl v2c c2c c2cn
# maybe: c2i c2n c2ibig cdns
# sources: docker/compose#8308
# suites: bullseye bookworm trixie
inject() { docker rm -f shop-web-1 >/dev/null; box --name shop-web-1 --network host -p 8080:80 busybox:latest sh -c "$(page shop-web 80)"; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
