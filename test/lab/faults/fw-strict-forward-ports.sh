# id: fw-strict-forward-ports
# title: firewalld is told to forward no ports but its own (StrictForwardPorts=yes)
# family: firewalld
# symptom: published ports refuse connections ("No route to host"), while containers reach everything
# expect: StrictForwardPorts=yes in firewalld.conf makes firewalld reject in filter_FORWARD_dnat what docker translated
# expect_terms: firewalld, StrictForwardPorts, filter_FORWARD_dnat
# flow: mac→published port
# probes: m2p
# maybe: c2c c2cn h2p h2pl
# sources: https://firewalld.org/2024/11/strict-forward-ports
# base: firewalld
# suites: trixie
CONF=/etc/firewalld/firewalld.conf
inject() {
  fwup
  fwzones
  sed -i 's/^StrictForwardPorts=no/StrictForwardPorts=yes/' "$CONF"
  fwreload
  nft list chain inet firewalld filter_FORWARD | grep -q filter_FORWARD_dnat
}
restore() { sed -i 's/^StrictForwardPorts=yes/StrictForwardPorts=no/' "$CONF"; fwdown; }
