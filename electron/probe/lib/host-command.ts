import { type Command, MAX_COMMAND_MS } from '../../connect/guest.ts';
import { script } from './script.ts';

const CONF_KEYS =
  '{forwarding,rp_filter,route_localnet,accept_local,src_valid_mark,proxy_arp,arp_ignore,arp_filter}';

/** `a/{b,c}` to `a/b a/c`: POSIX sh has no brace expansion. */
function spread(path: string): string {
  const found = /^(.*)\{(.*)\}(.*)$/.exec(path);
  return found
    ? (found[2] ?? '')
        .split(',')
        .map((w) => `${found[1]}${w}${found[3]}`)
        .join(' ')
    : path;
}

const FILES = [
  '/etc/os-release',
  '/proc/sys/kernel/{osrelease,hostname,arch}',
  '/sys/class/dmi/id/{sys_vendor,product_name}',
  '/sys/fs/selinux/enforce',
  '/proc/uptime',
  '/etc/resolv.conf',
  '/run/systemd/resolve/resolv.conf',
  '/etc/nsswitch.conf',
  '/etc/hosts',
  '/proc/sys/net/ipv4/{ip_forward,ip_local_port_range,ip_unprivileged_port_start,tcp_mtu_probing,ip_no_pmtu_disc,tcp_tw_reuse,tcp_ecn,tcp_timestamps,fwmark_reflect,tcp_fwmark_accept,icmp_echo_ignore_all,ip_default_ttl}',
  `/proc/sys/net/ipv4/conf/*/${CONF_KEYS}`,
  '/proc/sys/net/ipv6/conf/*/{disable_ipv6,forwarding,accept_ra}',
  '/proc/sys/net/ipv4/neigh/default/{gc_thresh1,gc_thresh2,gc_thresh3}',
  '/proc/sys/net/bridge/*',
  '/proc/sys/net/core/{rmem_default,default_qdisc,somaxconn}',
  '/proc/sys/net/netfilter/{nf_conntrack_max,nf_conntrack_count,nf_conntrack_buckets,nf_conntrack_tcp_be_liberal,nf_conntrack_tcp_loose,nf_log_all_netns}',
  '/proc/sys/kernel/{kptr_restrict,perf_event_paranoid,dmesg_restrict,unprivileged_bpf_disabled}',
  '/proc/net/stat/nf_conntrack',
  '/proc/net/netfilter/nf_log',
  '/proc/net/{ip_tables_names,ip6_tables_names}',
  '/etc/ufw/ufw.conf',
  '/etc/default/ufw',
].map(spread);

/** Services that touch the network. */
const UNITS =
  'docker,containerd,firewalld,ufw,nftables,iptables,netfilter-persistent,NetworkManager,systemd-networkd,systemd-resolved';

/** Where somebody may have said which addresses a unit may talk to. */
const UNIT_FILES = '/etc/systemd/system{,.control} /run/systemd/{system,system.control,transient}'
  .split(' ')
  .map(spread)
  .join(' ');

/**
 * Everything that files tell, read by one grep (it puts each line's file in front), and the few programs that have no
 * file. `system`, `services`, `resolver`, `sysctls`, `conntrack`, `modules` and `ufw` read it. Without root some files
 * stay closed; they are then missing.
 */
export const HOST_COMMAND: Command = {
  purpose: {
    en: 'System, services, resolver, sysctls, connection table, modules',
    'zh-CN': '系统、服务、DNS 解析器、内核参数、连接跟踪表、内核模块',
  },
  asRoot: true,
  timeoutMs: MAX_COMMAND_MS,
  script: script(`
echo @@files
grep -sH -m 400 '' ${FILES.join(' ')}
echo @@link
[ -L /etc/resolv.conf ] && readlink -f /etc/resolv.conf
echo @@clock
date +%s.%N
echo @@machine
[ -r /proc/sys/kernel/arch ] || uname -m
echo @@disk
df -P / /var/lib/docker /run 2>/dev/null
echo @@active
ls -ld --time-style=+%s.%N ${spread(`/run/systemd/units/invocation:{${UNITS}}.service`)} /run/systemd/units/invocation:docker.socket 2>/dev/null
echo @@enabled
for f in /etc/systemd/system/*.wants/*.service; do echo "$f"; done
echo @@modules
while read -r m rest; do
  case $m in nf_*|nft_*|nfnetlink*|xt_*|x_tables|ip_tables|ip6_tables|iptable_*|ip6table_*|ipt_*|ebtable*|ebt_*|arptable*|ip_set*|br_netfilter|bridge|veth|overlay|vxlan|act_*|cls_*|sch_*|tun|ip_vs*) echo "$m";; esac
done 2>/dev/null </proc/modules
echo @@full
c=; m=
{ read -r c </proc/sys/net/netfilter/nf_conntrack_count; read -r m </proc/sys/net/netfilter/nf_conntrack_max; } 2>/dev/null
[ -n "$c" ] && [ -n "$m" ] && [ "$c" -ge $((m * 9 / 10)) ] && dmesg 2>/dev/null | grep 'nf_conntrack.*table full' | tail -n 3
[ -r /proc/1/environ ] && echo @@root
echo @@cgroups
grep -rqsE '^IPAddress(Allow|Deny)=' ${UNIT_FILES} &&
  systemctl show -p Id,ControlGroup,IPAddressAllow,IPAddressDeny '*.slice' 'docker-*.scope' docker.service snap.docker.dockerd.service 2>/dev/null
echo @@ufw
command -v ufw
echo @@end
`),
};
