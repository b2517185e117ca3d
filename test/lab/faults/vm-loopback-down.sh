# id: vm-loopback-down
# title: the VM's loopback interface is switched off
# family: machine
# symptom: curl localhost:8080 hangs in the VM, from the Mac the page comes
# expect: interface lo is DOWN in the VM
# expect_terms: lo, DOWN
# flow: vm→published port
# probes: h2pl
# sources: lab
# suites: bullseye bookworm trixie
inject() { ip link set lo down; }
restore() { ip link set lo up; }
