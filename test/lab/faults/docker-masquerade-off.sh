# id: docker-masquerade-off
# title: the web container is on a network with enable_ip_masquerade=false
# family: docker-config
# symptom: web reaches its neighbours and the VM, nothing outside
# expect: the network option com.docker.network.bridge.enable_ip_masquerade=false leaves its address as it is
# expect_terms: masquerade
# flow: container→internet, container→dns
# probes: c2i c2n c2ibig cdns
# maybe: m2p
# sources: https://docs.docker.com/engine/network/drivers/bridge/#options
# suites: bullseye bookworm trixie
inject() { docker network create -o com.docker.network.bridge.enable_ip_masquerade=false shop_nomasq; NETW=shop_nomasq db; NETW=shop_nomasq web -p 8080:80; sleep 2; }
restore() { db; web -p 8080:80; docker network rm shop_nomasq; }
