# id: healthy-firewalld-right-zones
# title: firewalld runs, docker's bridges are in zone docker
# family: healthy
# symptom: user sees firewalld active and blames it
# expect: healthy: docker0 and the compose bridge are in firewalld zone docker (ACCEPT), nothing is blocked
# expect_terms: healthy
# flow: none
# probes: none
# sources: moby/libnetwork#2548, docker/docs#11883
# base: firewalld
# suites: bookworm trixie
inject() { fwup; fwzones; firewall-cmd --get-active-zones; }
restore() { fwdown; }
