# id: host-forward-astray
# title: the forward to the published port leads to an address that the VM does not have
# family: virtualbox
# symptom: connections from the Mac hang, inside the VM it works
# expect: what VirtualBox forwards never arrives: another guest address than 10.0.2.15
# expect_terms: VirtualBox, 10.0.2.15
# flow: mac→published port
# probes: m2p
# host: forward-guest
# sources: https://docs.oracle.com/en/virtualization/virtualbox/6.0/user/network_nat.html
# suites: bullseye bookworm trixie
inject() { :; }
restore() { :; }
