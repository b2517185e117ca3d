# id: ebtables-legacy-drop
# title: the old ebtables drops TCP between bridge ports
# family: bridge-filter
# symptom: containers of one network cannot reach each other, each one has internet
# expect: ebtables-legacy filter FORWARD rule drops tcp
# expect_terms: ebtables-legacy, FORWARD, DROP
# flow: container→container
# probes: c2c c2cn
# sources: lab
# suites: bullseye bookworm trixie
inject() { ebtables-legacy -A FORWARD -p IPv4 --ip-proto tcp -j DROP; }
restore() { ebtables-legacy -D FORWARD -p IPv4 --ip-proto tcp -j DROP; }
