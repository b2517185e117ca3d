# id: docker-config-conflict
# title: daemon.json has "hosts", which systemd's unit gives as well
# family: docker-daemon
# symptom: docker.service failed after editing daemon.json
# expect: hosts is specified both as a flag and in daemon.json, dockerd does not start
# expect_terms: daemon.json, hosts
# flow: all container flows
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn c2id c2nd cdnsd c2cd c2h
# sources: https://docs.docker.com/engine/daemon/troubleshoot/
# suites: bullseye bookworm trixie
inject() { brokenjson '{"hosts": ["unix:///var/run/docker.sock"]}'; }
restore() { nodjson; }
