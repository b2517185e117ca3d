# id: docker-config-unknown-key
# title: daemon.json has an option that dockerd does not know
# family: docker-daemon
# symptom: docker.service failed after editing daemon.json
# expect: daemon.json has the unknown option dns-servers, dockerd does not start
# expect_terms: daemon.json, dns-servers
# flow: all container flows
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn c2id c2nd cdnsd c2cd c2h
# sources: moby/moby#32530
# suites: bullseye bookworm trixie
inject() { brokenjson '{"dns-servers": ["10.0.2.3"]}'; }
restore() { nodjson; }
