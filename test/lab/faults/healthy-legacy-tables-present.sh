# id: healthy-legacy-tables-present
# title: iptables-legacy tables exist but accept everything
# family: healthy
# symptom: "Warning: iptables-legacy tables present, use iptables-legacy to see them"
# expect: healthy: the legacy tables are empty with policy ACCEPT
# expect_terms: healthy
# flow: none
# probes: none
# sources: moby/moby#26824
# suites: bullseye bookworm trixie
inject() { iptables-legacy -L >/dev/null; iptables-legacy -t nat -L >/dev/null; iptables-legacy -P FORWARD ACCEPT; iptables -L FORWARD 2>&1 | grep -q "legacy tables present"; }
restore() { rmmod iptable_nat iptable_filter 2>/dev/null; :; }
