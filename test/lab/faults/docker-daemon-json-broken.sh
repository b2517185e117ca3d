# id: docker-daemon-json-broken
# title: daemon.json has a syntax error, dockerd does not start
# family: docker-daemon
# symptom: docker.service failed after editing daemon.json
# expect: /etc/docker/daemon.json is not valid JSON, dockerd fails to start
# expect_terms: daemon.json
# flow: all container flows
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn c2id c2nd cdnsd c2cd c2h
# sources: common question (no thread looked up)
# suites: bullseye bookworm trixie
inject() { mkdir -p /etc/docker; echo '{"dns": ["10.0.2.3"],}' > /etc/docker/daemon.json; systemctl reset-failed docker docker.socket; timeout 25 systemctl restart docker || :; ! systemctl is-active docker; }
restore() { nodjson; }
