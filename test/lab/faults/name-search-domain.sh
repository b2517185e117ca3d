# id: name-search-domain
# title: a search domain with a wildcard answers for the name of a neighbour
# family: dns
# symptom: web reaches "db", and it is somebody else
# expect: the search domain corp.example answers for db, tried first for ndots:5
# expect_terms: corp.example
# flow: container→container by name
# probes: c2cn
# sources: moby/moby#41022
# suites: bullseye bookworm trixie
inject() { web -p 8080:80 --dns-search corp.example --dns-opt ndots:5; }
restore() { web -p 8080:80; }
