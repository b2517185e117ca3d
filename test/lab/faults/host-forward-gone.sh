# id: host-forward-gone
# title: VirtualBox does not listen on the Mac's port, which was taken when the VM started
# family: virtualbox
# symptom: the Mac is refused on the published port, inside the VM it works
# expect: the forward to port 8080 is set, and nobody listens on the Mac's port
# expect_terms: VirtualBox, listen
# flow: mac→published port
# probes: m2p
# host: forward
# sources: https://docs.oracle.com/en/virtualization/virtualbox/6.0/user/network_nat.html
# suites: bullseye bookworm trixie
inject() { :; }
restore() { :; }
