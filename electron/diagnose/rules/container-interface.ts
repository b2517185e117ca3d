import { same, type Text } from '../../../shared/text.ts';
import { EMBEDDED_DNS } from '../../flow/kinds/container-name.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { lostForDockerNames } from '../docker-names.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { restartContainer } from '../restart-container.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn, touching } from '../select.ts';
import { DOCKER_BRIDGE, IP_SYSCTL, man } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** A container's own interfaces and settings, changed inside of it: no address, no loopback, packets that live one hop. */
export const containerInterface = defineRule({
  id: 'container-interface',
  needs: ['docker', 'containers', 'interfaces'],
  causes: {
    'container-address-lost': { sources: [DOCKER_BRIDGE, man('ip-address(8)')] },
    'container-loopback-down': { sources: [DOCKER_BRIDGE, man('ip-link(8)')] },
    'container-ttl-low': { sources: [IP_SYSCTL] },
  },
  judge: ({ docker, containers, interfaces }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const { name } = container;
      const inside = namespaceOf(containers, container.id);
      const mine = touching(name, scene);
      if (container.state !== 'running' || !inside || mine.length === 0) return [];
      const enter = `nsenter -t ${inside.pid} -n`;
      const common = (flows: typeof mine, fact: Text) => ({
        layer: 'container' as const,
        grade: 'inferred' as const,
        owner: 'administrator' as const,
        insteadOf: [
          'container-no-default-route',
          'container-dns-wrong',
          'embedded-dns-unreachable',
          'embedded-dns-upstream-dead',
          'masquerade-missing',
          'netfilter-drop',
          'dns-udp-blocked',
          'dns-tcp-blocked',
          'kernel-drop',
        ],
        evidence: [fromFact('containers', fact), ...someFlows(flows)],
        explains: flows.map((f) => f.id),
      });
      const bare = container.attachments.flatMap(({ network, ip }) => {
        const end = vethOf(container, network, interfaces, containers)?.end;
        return ip && end?.up && !end.addresses.some((a) => a.address === ip) ? [{ ip, end, network }] : [];
      })[0];
      if (bare) {
        const { ip, end, network } = bare;
        const has = end.addresses.filter((a) => a.family === 4).map((a) => a.address);
        return [
          {
            id: 'container-address-lost',
            ...common(mine, same(`${name} ${end.name}: inet ${has.join(', ') || '-'}`)),
            title: {
              en: `${end.name} in ${name} has lost its address ${ip}`,
              'zh-CN': `${name} 中的 ${end.name} 丢失了地址 ${ip}`,
            },
            says: {
              en: `Docker gave ${name} the address ${ip} on ${network}, but inside the container ${end.name} has ${has.length > 0 ? `${has.join(', ')} instead` : 'no IPv4 address'}; its routes went with it. A program in the container that may change the network, a DHCP client for instance, or somebody with nsenter took it away.`,
              'zh-CN': `Docker 为 ${name} 分配了 ${network} 上的地址 ${ip}，但容器内的 ${end.name} ${has.length > 0 ? `的地址是 ${has.join('、')}` : '没有 IPv4 地址'}；其路由也随之消失。它被容器内有网络管理权限的程序（例如 DHCP 客户端）或有人用 nsenter 移除。`,
            },
            fixes: [restartContainer(name)],
          },
        ];
      }
      const local = lostForDockerNames(name, scene);
      if (inside.interfaces.some((i) => i.flags.includes('LOOPBACK') && !i.up) && local.length > 0)
        return [
          {
            id: 'container-loopback-down',
            ...common(local, same(`${name} lo: DOWN`)),
            title: {
              en: `The loopback interface lo in ${name} is down`,
              'zh-CN': `${name} 中的环回接口 lo 处于 DOWN 状态`,
            },
            says: {
              en: `lo inside ${name} is switched off (DOWN). Docker's name server ${EMBEDDED_DNS} is reached by it, and so is whatever the container's programs say to each other on 127.0.0.1: names don't resolve, while addresses outside can be reached.`,
              'zh-CN': `${name} 内的 lo 被关闭（DOWN）。Docker 的 DNS 服务器 ${EMBEDDED_DNS} 以及容器内程序之间经 127.0.0.1 的通信都依赖它：名称无法解析，而外部 IP 可达。`,
            },
            fixes: [
              {
                title: { en: 'Switch it on', 'zh-CN': '启用该接口' },
                commands: [`${enter} ip link set lo up`],
                undo: [`${enter} ip link set lo down`],
                applies: 'at-once',
                trial: 'itself',
              },
            ],
          },
        ];
      const key = 'net.ipv4.ip_default_ttl';
      const ttl = Number(inside.sysctls[key] ?? container.sysctls?.[key] ?? 64);
      const far = mine.filter((f) => startsIn(name, f.from) && f.kind !== 'container-ip');
      if (ttl > 3 || far.length === 0) return [];
      return [
        {
          id: 'container-ttl-low',
          ...common(far, same(`${name}: ${key} = ${ttl}`)),
          title: {
            en: `Packets of ${name} live for ${ttl} hops only: ${key} = ${ttl}`,
            'zh-CN': `${name} 的数据包只能存活 ${ttl} 跳：${key} = ${ttl}`,
          },
          says: {
            en: `${key} is ${ttl} in ${name}'s network namespace. Each router on the way, the VM first, takes one off a packet and throws it away when none is left, so they reach only the container's own network; programs see “No route to host”.`,
            'zh-CN': `${name} 的网络命名空间中 ${key} 为 ${ttl}。途中每个路由器（首先是虚拟机）都会减一，减到零即丢弃，因此数据包只能到达容器自己的网络；程序会看到“No route to host”。`,
          },
          fixes: [
            {
              title: { en: 'Set the usual TTL', 'zh-CN': '恢复默认 TTL' },
              commands: [`${enter} sysctl -w ${key}=64`],
              undo: [`${enter} sysctl -w ${key}=${ttl}`],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
        },
      ];
    }),
});
