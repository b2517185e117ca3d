# id: dns-hosts-override
# title: the web container has the remote name pinned to a dead address
# family: dns
# symptom: one name hangs, all others work
# expect: example.com is tied to 192.0.2.80 in /etc/hosts of shop-web-1 (--add-host)
# expect_terms: example.com, 192.0.2.80, hosts
# flow: container→container (by name)
# probes: c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { web -p 8080:80 --add-host example.com:192.0.2.80 --add-host db:192.0.2.81; sleep 1; }
restore() { web -p 8080:80; sleep 1; }
