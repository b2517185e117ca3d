# id: ipt-input-drop-from-containers
# title: a rule in INPUT drops what containers send to the VM
# family: iptables
# symptom: containers cannot use the services of the VM
# expect: INPUT rule DROP for tcp dport 22 from docker0
# expect_terms: INPUT, docker0, DROP
# flow: container→VM
# probes: c2h
# sources: lab
# suites: bullseye bookworm trixie
inject() { iptables -I INPUT -i docker0 -p tcp --dport 22 -j DROP; }
restore() { iptables -D INPUT -i docker0 -p tcp --dport 22 -j DROP; }
