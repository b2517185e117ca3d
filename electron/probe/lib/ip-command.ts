import { type Command, MAX_COMMAND_MS } from '../../connect/guest.ts';
import { script } from './script.ts';

/**
 * Everything that iproute2 knows, in a few processes: a process costs 20–130 ms in an emulated guest, so `ip` reads its
 * questions as a batch. Each question prints one line of JSON. `interfaces`, `routes`, `neighbours`, `ipsec`, `tc` and `bridges`
 * read it. What a bridge was told by hand is asked of `bridge`, its VLANs only where one of them looks at VLANs at all.
 */
export const IP_COMMAND: Command = {
  purpose: {
    en: 'Interfaces, routes, rules, neighbours and queues',
    'zh-CN': '网络接口、路由、策略路由、邻居表和队列',
  },
  timeoutMs: MAX_COMMAND_MS,
  script: script(`
command -v ip >/dev/null || exit 127
echo @@ip
all=$(ip -j -d -force -batch - <<'EOF'
address show
route show table all
rule show
neighbour show
EOF
)
printf '%s\\n' "$all"
echo @@rule6
ip -j -d -6 rule show
echo @@xfrm
ip xfrm policy 2>/dev/null
if command -v bridge >/dev/null; then
  echo @@fdb
  bridge -j fdb show
  case $all in *'"vlan_filtering":1'*) echo @@vlan; bridge -j vlan show;; esac
fi
command -v tc >/dev/null || exit 0
echo @@tc
q=$(tc -j qdisc show); printf '%s\\n' "$q"
case $q in *'"ingress"'*|*'"clsact"'*|*'"htb"'*|*'"prio"'*|*'"hfsc"'*|*'"drr"'*) ;; *) exit 0;; esac
n=0
for d in $(tc qdisc show | sed -n -E 's/^qdisc (ingress|clsact|htb|prio|hfsc|drr) .* dev ([^ ]+).*/\\1:\\2/p'); do
  n=$((n+1)); [ $n -le 20 ] || break
  kind=\${d%%:*} d=\${d#*:}
  case $kind in
  ingress|clsact) echo "@@tc-filter $d"; tc -j filter show dev "$d" ingress;;
  esac
  case $kind in
  clsact) echo "@@tc-egress $d"; tc -j filter show dev "$d" egress;;
  htb|prio|hfsc|drr) echo "@@tc-egress $d"; tc -j filter show dev "$d";;
  esac
done
`),
};
