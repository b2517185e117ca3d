# id: port-in-use
# title: another program on the VM holds port 8080
# family: published-port
# symptom: docker: "port is already allocated / address already in use"; the browser shows another page
# expect: port 8080 on the VM is already in use by another process (python3), shop-web-1 could not start
# expect_terms: 8080, in use
# flow: mac→published port
# probes: m2p h2p h2pl v2c c2i c2n c2ibig cdns c2c c2cn
# sources: common question (no thread looked up)
# suites: bullseye bookworm trixie
inject() { docker stop -t 1 shop-web-1 >/dev/null; mkdir -p /run/other; echo other-app > /run/other/index.html; setsid python3 -m http.server 8080 -d /run/other >/dev/null 2>&1 </dev/null & echo $! > /run/other.pid; for _ in $(seq 60); do ss -tln | grep -q :8080 && break; sleep 0.5; done; ! docker start shop-web-1; }
restore() { kill "$(cat /run/other.pid)"; sleep 1; docker start shop-web-1 >/dev/null; sleep 2; }
