# id: docker-subnet-over-nat
# title: a docker network has the subnet of VirtualBox’s NAT
# family: routing
# symptom: containers on that network reach addresses, no names
# expect: docker network nat_net has subnet 10.0.0.0/16, which covers the VM’s own 10.0.2.0/24
# expect_terms: 10.0.0.0/16, nat_net, covers
# flow: container→dns
# probes: cdns c2n
# maybe: c2c c2cn m2p h2p h2pl c2i c2ibig
# sources: docker-archive-public/docker.machine#1742
# suites: bullseye bookworm trixie
inject() { docker network create --subnet 10.0.0.0/16 --gateway 10.0.0.1 nat_net >/dev/null; NETW=nat_net web -p 8080:80; sleep 1; }
restore() { docker rm -f shop-web-1; docker network rm nat_net; web -p 8080:80; sleep 1; }
