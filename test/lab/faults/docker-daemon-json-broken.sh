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
inject() { brokenjson '{"dns": ["10.0.2.3"],}'; }
restore() { nodjson; }
