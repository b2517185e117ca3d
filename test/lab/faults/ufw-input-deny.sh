# id: ufw-input-deny
# title: ufw denies incoming, also from containers
# family: ufw
# symptom: a container cannot reach a service of the VM
# expect: ufw default deny incoming: no rule allows containers to tcp port 22
# expect_terms: ufw, INPUT, deny
# flow: container→VM
# probes: c2h
# sources: chaifeng/ufw-docker#53, chaifeng/ufw-docker#16
# suites: bullseye bookworm trixie
inject() { ufw allow from 10.0.2.2 to any port 22 proto tcp; ufw --force enable; }
restore() { ufwdown; }
