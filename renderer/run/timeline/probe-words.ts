import { same, type Text } from '../../../shared/text.ts';

/** What each probe reads; one that is missing here shows its id. */
export const PROBE_WORDS: Record<string, Text> = {
  system: { en: 'System', 'zh-CN': '系统' },
  services: { en: 'Services', 'zh-CN': '服务' },
  cgroups: { en: 'Addresses that systemd forbids', 'zh-CN': 'systemd 禁止的地址' },
  versions: { en: 'Tools and versions', 'zh-CN': '工具与版本' },
  docker: same('Docker'),
  containers: { en: 'Containers', 'zh-CN': '容器' },
  firewalld: same('firewalld'),
  ufw: same('ufw'),
  ruleset: { en: 'nftables ruleset', 'zh-CN': 'nftables 规则集' },
  iptables: { en: 'iptables rules', 'zh-CN': 'iptables 规则' },
  interfaces: { en: 'Interfaces', 'zh-CN': '网络接口' },
  routes: { en: 'Routes', 'zh-CN': '路由' },
  neighbours: { en: 'Neighbours', 'zh-CN': '邻居表' },
  ipsec: { en: 'IPsec policies', 'zh-CN': 'IPsec 策略' },
  resolver: { en: 'DNS resolver', 'zh-CN': 'DNS 解析器' },
  sysctls: { en: 'Kernel settings', 'zh-CN': '内核参数' },
  conntrack: { en: 'Connection table', 'zh-CN': '连接跟踪表' },
  modules: { en: 'Kernel modules', 'zh-CN': '内核模块' },
  tc: { en: 'Traffic control', 'zh-CN': '流量控制' },
  listeners: { en: 'Listening ports', 'zh-CN': '监听端口' },
};
