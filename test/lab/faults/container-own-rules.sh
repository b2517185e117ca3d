# id: container-own-rules
# title: the web container has an iptables rule of its own
# family: container
# symptom: only this container reaches nothing; no rule of the VM drops it
# expect: an iptables OUTPUT rule inside shop-web-1 drops tcp dport 80
# expect_terms: shop-web-1, OUTPUT, DROP
# flow: container→internet
# probes: c2i c2n c2ibig
# sources: moby/libnetwork#1938
# suites: bullseye bookworm trixie
inject() { inns shop-web-1 iptables -I OUTPUT -p tcp --dport 80 -j DROP; }
restore() { inns shop-web-1 iptables -D OUTPUT -p tcp --dport 80 -j DROP; }
