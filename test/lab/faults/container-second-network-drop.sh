# id: container-second-network-drop
# title: a container on two networks sends by the second one, where DOCKER-USER drops
# family: iptables
# symptom: the web container has no internet and its port hangs, while its own network looks right
# expect: a DROP rule in DOCKER-USER matches packets from the bridge of the network back
# expect_terms: DOCKER-USER, DROP
# flow: container→internet, container→dns, mac→published port
# probes: c2i c2n c2ibig cdns m2p
# sources: lab
# suites: bookworm
inject() {
  docker network create --subnet 172.30.0.0/24 -o com.docker.network.bridge.name=br-back aback
  docker network connect aback shop-web-1
  # docker takes the default route of the network whose name comes first
  inns shop-web-1 ip route show default | grep -q 172.30.0.1
  iptables -I DOCKER-USER -i br-back ! -o br-back -j DROP
}
restore() {
  iptables -D DOCKER-USER -i br-back ! -o br-back -j DROP
  docker network disconnect aback shop-web-1
  docker network rm aback
}
