# id: container-db-stopped
# title: the db container of the project is stopped
# family: container
# symptom: the web container cannot find db
# expect: shop-db-1 is not running (Exited)
# expect_terms: shop-db-1, exited
# flow: container→container
# probes: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker stop -t 1 shop-db-1; }
restore() { docker start shop-db-1; sleep 2; }
