# id: healthy-proxy-that-answers
# title: proxy variables whose proxy answers
# family: healthy
# symptom: https_proxy and no_proxy in the web container, a short delay on the bridge
# expect: healthy: the proxy is there, and 5 ms of delay hurt nobody
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { web -p 8080:80 -e https_proxy=http://203.0.113.10:80 -e no_proxy=db,localhost; tc qdisc add dev "$(BR)" root netem delay 5ms; sleep 1; }
restore() { tc qdisc del dev "$(BR)" root; web -p 8080:80; sleep 1; }
