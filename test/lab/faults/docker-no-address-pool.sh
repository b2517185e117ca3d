# id: docker-no-address-pool
# title: Docker starts for the first time while a VPN routes all private addresses
# family: docker
# symptom: docker.service fails as long as the VPN is up
# expect: no address range is left for docker0: every one that Docker would take collides with a route
# expect_terms: address range, list bridge addresses failed
# flow: all container flows
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn c2id c2nd cdnsd c2cd c2h
# sources: moby/moby#41525, docker/for-linux#123
# suites: bullseye bookworm trixie
KV=/var/lib/docker/network/files/local-kv.db
inject() {
  systemctl stop docker docker.socket
  mv "$KV" /run/kv
  ip link del docker0
  ip link add vpn0 type dummy
  ip addr add 10.8.0.2/24 dev vpn0
  ip link set vpn0 up
  ip route add 172.16.0.0/12 dev vpn0
  ip route add 192.168.0.0/16 dev vpn0
  nostart
}
restore() {
  ip link del vpn0
  mv /run/kv "$KV"
  redock
}
