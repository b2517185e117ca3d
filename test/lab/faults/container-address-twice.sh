# id: container-address-twice
# title: another device on docker0 has box1's address, and was heard last
# family: container
# symptom: box1 is reached by nobody on its network, though it runs and listens
# expect: 172.17.0.2 belongs to box1, and the neighbour table has another MAC for it
# expect_terms: box1, 172.17.0.2, 02:00:00:00:be:ef
# flow: host→container, container→container
# probes: c2cd
# sources: ip-neighbour(8)
# suites: bullseye bookworm trixie
inject() {
  ip netns add intruder
  ip link add vi0 type veth peer name vi1 address 02:00:00:00:be:ef netns intruder
  ip link set vi0 master docker0 up
  ip -n intruder addr add "$(ipof box1)/16" dev vi1
  ip -n intruder link set vi1 up
  ip netns exec intruder ping -c 2 -W 1 172.17.0.1
}
restore() { ip netns del intruder; ip neigh flush dev docker0; }
