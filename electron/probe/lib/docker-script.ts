import { script } from './script.ts';

/** Containers that are inspected at most; the newest ones, as Docker lists them. */
export const MAX_CONTAINERS = 80;

/**
 * awk program that blanks every string of a JSON text but those under keys that we need: an inspected container also
 * holds its environment, command line and labels, where people keep passwords, and a run's log keeps every answer.
 * It reads text between double quotes as records. Of `Env` only proxy variables pass, of labels only Compose's and
 * Docker's; a password in a URL becomes ***.
 */
const ONLY_NEEDED = `
function under(   i) { for (i = d; i > 0; i--) if (key[i] != "") return key[i]; return "" }
function wanted(v,  k) {
  k = under()
  if (k == "Env") return v ~ /^([Hh][Tt][Tt][Pp][Ss]?|[Nn][Oo]|[Aa][Ll][Ll])_[Pp][Rr][Oo][Xx][Yy]=/
  return (k in keep) || k ~ /^(com\\.docker|net)\\./
}
function flush(iskey) {
  if (!has) return
  has = 0
  if (iskey) key[d] = p
  else if (!wanted(p)) p = ""
  else sub(/\\/\\/[^\\/@]*@/, "//***@", p)
  print "\\"" p "\\""
}
BEGIN {
  RS = "\\""; ORS = ""
  n = split("Id Name Status Error Health Image NetworkMode HostIp HostPort IPAddress GlobalIPv6Address Gateway IPv6Gateway MacAddress NetworkID ResolvConfPath Hostname Domainname Dns DnsOptions DnsSearch ExtraHosts Aliases StartedAt FinishedAt Driver Scope Subnet IPRange ServerVersion OperatingSystem KernelVersion HttpProxy HttpsProxy NoProxy Warnings Base LocalNodeState FirewallBackend CgroupVersion CgroupDriver DefaultRuntime Created message parent macvlan_mode ipvlan_mode", all, " ")
  for (i = 1; i <= n; i++) keep[all[i]] = 1
}
inside { p = p $0; if (match($0, /\\\\+$/) && RLENGTH % 2) { p = p "\\""; next } has = 1; inside = 0; next }
{
  flush($0 ~ /^[ \\t\\n]*:/)
  s = $0
  while (match(s, /[][{}]/)) {
    if (index("{[", substr(s, RSTART, 1))) key[++d] = ""; else if (d > 0) d--
    s = substr(s, RSTART + 1)
  }
  print $0
  p = ""; inside = 1
}
`;

/**
 * Asks Docker's socket with curl (0.4 s in an emulated guest where the docker command takes 2 s), or else the docker
 * command. A stopped daemon is not asked at all: its socket would start it. The version comes with every answer's
 * headers; /info, for which dockerd runs three programs, is asked only of versions that can tell their firewall backend.
 */
export const DOCKER_SCRIPT = script(`
only_needed() { awk '${ONLY_NEEDED}'; }
echo @@daemon-json
if [ -f /etc/docker/daemon.json ]; then
  sed -E 's/("[^"]*([Tt]oken|[Pp]assw|[Ss]ecret|[Aa]uth)[^"]*"[[:space:]]*:[[:space:]]*)"[^"]*"/\\1"***"/; s,//[^/@]*@,//***@,g' /etc/docker/daemon.json
  echo; echo @@daemon-json-there
fi
up= pid= name=
for f in /run/docker.pid /run/snap.docker/docker.pid; do
  { read -r pid || [ -n "$pid" ]; } 2>/dev/null <$f || continue
  read -r name 2>/dev/null <"/proc/$pid/comm" && [ "$name" = dockerd ] && up=1 && break
done
service() {
  echo @@service
  s=$(systemctl show -p Id,LoadState,ActiveState,SubState,Result,ExecMainStatus,NRestarts,UnitFileState,ActiveEnterTimestampMonotonic docker.service 2>/dev/null)
  printf '%s\\n' "$s"
}
# what it said where it fails to start, or starts again and again
last_words() {
  case $s in
  *ActiveState=failed*|*Result=exit-code*|*Result=start-limit-hit*|*ActiveState=activating*)
    echo @@journal
    journalctl -u docker.service -n 60 -o cat --no-pager 2>/dev/null | grep -iE 'fail|error|fatal|invalid|unable|cannot' | grep -vE 'level=info|Failed with result' | tail -n 12;;
  esac
}
if [ -z "$up" ]; then
  service
  case $s in *ActiveState=active*) up=1;; esac
fi
if [ -z "$up" ]; then
  command -v docker >/dev/null || command -v dockerd >/dev/null || echo @@no-docker
  last_words
  echo @@end
  exit 0
fi
echo @@proxy
[ -z "$pid" ] || sed -znE '/^(https?|all)_proxy=/I{s,//[^/@]*@,//***@,;p}; /^--(iptables|ip-forward|ip-masq|icc|userland-proxy)=(true|false)$/p' "/proc/$pid/environ" "/proc/$pid/cmdline" 2>/dev/null | tr '\\0' '\\n'
echo @@pull
journalctl -u docker.service -u snap.docker.dockerd.service --since=-1h -n 2000 -o cat --no-pager 2>/dev/null | grep -E 'Not continuing with pull after error: |/images/create returned error: ' | tail -n 1 | sed 's,//[^/@]*@,//***@,g'
sock=/run/docker.sock
[ -S $sock ] || sock=/var/run/docker.sock
ask() { curl -sS -m 9 -w '\\n' --unix-socket $sock "$@"; }
how=
if command -v curl >/dev/null && [ -w $sock ]; then
  how=socket
  all=$(ask -i 'http://d/containers/json?all=1') || { service; last_words; echo @@silent; exit 0; }
  ids=$(printf '%s' "$all" | grep -o '"Id":"[0-9a-f]\\{64\\}"')
else
  how=command
  command -v docker >/dev/null || { echo @@no-docker; exit 0; }
  ids=$(docker ps -aq --no-trunc) || { service; last_words; echo @@silent; exit 0; }
fi
n=0; list=
for i in $ids; do
  i=\${i#*:}; i=\${i#\\"}; i=\${i%\\"}
  n=$((n+1)); [ $n -le ${MAX_CONTAINERS} ] || continue
  if [ $how = socket ]; then list="$list http://d/containers/$i/json"; else list="$list $i"; fi
done
echo @@count
echo $n
version=
case \${all:-} in *'Server: Docker/'*) version=\${all#*Server: Docker/}; version=\${version%% *};; esac
echo @@version
echo "$version"
info=
case $version in 1[0-9].*|2[0-7].*) ;; *) info=http://d/info;; esac
echo @@$how
if [ $how = socket ]; then ask http://d/networks $list $info
else
  docker info --format '{{json .}}'
  docker network inspect --format '{{json .}}' $(docker network ls -q)
  [ -z "$list" ] || docker inspect --type container --format '{{json .}}' $list
fi | only_needed
echo
echo @@end
`);
