import { type Command, MAX_COMMAND_MS } from '../../connect/guest.ts';
import { script } from './script.ts';

/**
 * Everything that iproute2 knows, in three processes: a process costs 20–130 ms in an emulated guest, so `ip` reads its
 * questions as a batch. Each question prints one line of JSON. `interfaces`, `routes`, `neighbours` and `tc` read it.
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
ip -j -d -force -batch - <<'EOF'
address show
route show table all
rule show
neighbour show
EOF
echo @@rule6
ip -j -d -6 rule show
command -v tc >/dev/null || exit 0
echo @@tc
q=$(tc -j qdisc show); printf '%s\\n' "$q"
case $q in *'"ingress"'*|*'"clsact"'*) ;; *) exit 0;; esac
n=0
for d in $(tc qdisc show | sed -n -E 's/^qdisc (ingress|clsact) .* dev ([^ ]+).*/\\2/p'); do
  n=$((n+1)); [ $n -le 20 ] || break
  echo "@@tc-filter $d"
  tc -j filter show dev "$d" ingress
done
`),
};
