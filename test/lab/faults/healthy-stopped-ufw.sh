# id: healthy-stopped-ufw
# title: ufw was used once and is off
# family: healthy
# symptom: many ufw chains with REJECT and DROP in them, none of which is asked
# expect: healthy: ufw is not enabled, its chains let everything through
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { ufw allow 22/tcp; ufw default deny incoming; ufw --force enable; ufw --force disable; iptables -P FORWARD DROP; iptables -N ufw-old-deny; iptables -A ufw-old-deny -j DROP; }
restore() { iptables -F ufw-old-deny; iptables -X ufw-old-deny; ufwdown; }
