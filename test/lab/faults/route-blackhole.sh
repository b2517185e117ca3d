# id: route-blackhole
# title: a blackhole route for the destination
# family: routing
# symptom: VM: "Invalid argument"; containers time out
# expect: blackhole route 203.0.113.0/24
# expect_terms: blackhole, 203.0.113.0/24
# flow: container→internet
# probes: c2i c2id c2n c2nd c2ibig v2i v2ibig
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip route add blackhole "$NET"; }
restore() { ip route del blackhole "$NET"; }
