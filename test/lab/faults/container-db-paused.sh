# id: container-db-paused
# title: the database container is paused
# family: container
# symptom: the web container connects to the database and then hangs
# expect: shop-db-1 is paused
# expect_terms: shop-db-1, paused
# flow: container→container
# probes: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker pause shop-db-1; }
restore() { docker unpause shop-db-1; }
