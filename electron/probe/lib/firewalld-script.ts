import { script } from './script.ts';

/**
 * Asks firewalld over D-Bus with busctl (0.25 s a call in an emulated guest; firewall-cmd starts Python, over 1 s). It
 * must not start firewalld: --auto-start=no. Methods that older versions lack (policies before 0.9, getZoneSettings2
 * before 0.9) have a fallback or are left out. Settings are asked of the zones in use and of the default zone; which that
 * is, and direct passthroughs, are read from the configuration, which `--set-default-zone` changes at once.
 */
export const FIREWALLD_SCRIPT = script(`
echo @@conf
conf=$(grep -sHE '^(VERSION *=|[A-Z][A-Za-z0-9_]*=|.*<(rule|passthrough))' /etc/firewalld/firewalld.conf /etc/firewalld/direct.xml /usr/lib/python3*/dist-packages/firewall/config/__init__.py /usr/lib/python3*/site-packages/firewall/config/__init__.py)
printf '%s\\n' "$conf"
command -v firewalld >/dev/null || { echo @@end; exit 0; }
echo @@installed
command -v busctl >/dev/null || { echo @@no-busctl; exit 0; }
F=org.fedoraproject.FirewallD1
call() { busctl --system --auto-start=no --timeout=8 call $F /org/fedoraproject/FirewallD1 "$@"; }
active=$(call $F.zone getActiveZones) || { echo @@end; exit 0; }
echo @@running
echo @@active
printf '%s\\n' "$active"
# "zone" 1 "interfaces" 2 "a" "b" ...: the names of a dictionary of dictionaries of lists
names() {
  found=; shift
  n=$1; shift
  while [ "\${n:-0}" -gt 0 ] && [ $# -ge 2 ]; do
    found="$found $1"; k=$2; shift 2
    while [ "$k" -gt 0 ] && [ $# -ge 2 ]; do m=$2; shift $((m + 2)); k=$((k - 1)); done
    n=$((n - 1))
  done 2>/dev/null
}
set -f
names $active
case $conf in *firewalld.conf:DefaultZone=*) default=\${conf#*firewalld.conf:DefaultZone=}; set -- $default; default=$1;; *) default=public;; esac
case "$found " in *""$default" "*) ;; *) found="$found $default";; esac
i=0
for z in $found; do
  z=\${z#\\"}; z=\${z%\\"}
  i=$((i+1)); [ $i -le 12 ] || break
  echo "@@zone $z"
  call $F.zone getZoneSettings2 s "$z" 2>/dev/null || call $F getZoneSettings s "$z"
done
echo @@policies
if policies=$(call $F.policy getActivePolicies 2>/dev/null); then
  printf '%s\\n' "$policies"
  names $policies
  i=0
  for p in $found; do
    p=\${p#\\"}; p=\${p%\\"}
    [ "$p" = allow-host-ipv6 ] && continue
    i=$((i+1)); [ $i -le 12 ] || break
    echo "@@policy $p"
    call $F.policy getPolicySettings s "$p"
  done
fi
echo @@direct
call $F.direct getAllRules
echo @@end
`);
