# id: container-accept-queue-full
# title: the database hangs, and clients have filled its queue
# family: container
# symptom: connections to db time out, as if a firewall dropped them; ping works
# expect: the program on port 5432 in shop-db-1 accepts no connections; its queue is full
# expect_terms: shop-db-1, 5432, queue
# flow: container→container
# probes: c2c c2cn
# sources: listen(2)
# suites: bullseye bookworm trixie
inject() {
  kill -STOP "$(pid shop-db-1)"
  for _ in $(seq 14); do timeout 1 bash -c ": </dev/tcp/$(ipof shop-db-1)/5432" 2>/dev/null || :; done
}
restore() { kill -CONT "$(pid shop-db-1)"; }
