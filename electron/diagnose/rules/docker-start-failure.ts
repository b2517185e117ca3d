import type { Fix } from '../../../shared/cause.ts';
import type { FileEdit } from '../../../shared/file-edit.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { overlap } from '../covers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_DAEMON, type Knowledge, thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

/** A reason for which dockerd gives up, as it prints it. */
interface Failure extends Knowledge {
  id: string;
  /** Its first group, where it has one, is what the fault is about. */
  pattern: RegExp;
  title: Text;
  why(about: string): Text;
  /** `routed`: the prefixes that the VM has routes for, but for the default one. */
  fixes(about: string, routed: readonly string[]): Fix[];
}

const restart = (...first: string[]) => [
  ...first,
  'systemctl reset-failed docker.service && systemctl start docker.service',
];

/** As before: it does not run, and nobody tries to start it. */
const STOP = 'systemctl stop docker.service docker.socket';
const DAEMON_JSON = '/etc/docker/daemon.json';

const FAILURES: readonly Failure[] = [
  {
    id: 'docker-zone-conflict',
    pattern: /ZONE_CONFLICT: '([^']+)' already bound to/,
    sources: [
      thread(
        'moby/moby#41609',
        '20.10.0-beta1@Fedora 33: Failed to program NAT chain: ZONE_CONFLICT: ’docker0’ already bound to a zone',
      ),
      thread('docker/for-linux#1163', 'Docker 20.10 cannot start up on Fedora 32'),
      thread('docker/docs#11944', 'Update firewalld text'),
    ],
    holds: 'Docker 20.10.0 and later with firewalld',
    title: {
      en: 'Docker cannot start: its bridge is bound to another zone of firewalld',
      'zh-CN': 'Docker 无法启动：其网桥已绑定到 firewalld 的其他区域',
    },
    why: (about) => ({
      en: `Docker wants to put ${about} into firewalld's zone docker, but somebody bound it to another zone, a remedy for versions before 20.10. firewalld answers ZONE_CONFLICT, and dockerd gives up.`,
      'zh-CN': `Docker 要把 ${about} 放入 firewalld 的 docker 区域，但它已被绑定到其他区域（这是 20.10 之前版本的补救办法）。firewalld 返回 ZONE_CONFLICT，dockerd 因此放弃启动。`,
    }),
    fixes: (about) => [
      {
        title: { en: `Take ${about} out of that zone`, 'zh-CN': `把 ${about} 移出该区域` },
        commands: restart(
          `zone=$(firewall-cmd --get-zone-of-interface=${quoteWhereNeeded(about)})`,
          `firewall-cmd --permanent --zone="$zone" --remove-interface=${quoteWhereNeeded(about)}; firewall-cmd --zone="$zone" --remove-interface=${quoteWhereNeeded(about)}`,
        ),
        undo: [],
        applies: 'told',
      },
    ],
  },
  {
    id: 'docker-config-conflict',
    pattern: /specified both as a flag and in the configuration file: (.*)/,
    sources: [DOCKER_DAEMON],
    title: {
      en: 'Docker cannot start: an option stands in daemon.json and on its command line',
      'zh-CN': 'Docker 无法启动：同一选项同时出现在 daemon.json 和命令行中',
    },
    why: (about) => ({
      en: `dockerd refuses an option that is given twice, even with the same value: ${about}. With systemd, “hosts” is always given on the command line (-H fd://).`,
      'zh-CN': `dockerd 拒绝重复给出的选项，即使值相同：${about}。使用 systemd 时，“hosts”总是在命令行中给出（-H fd://）。`,
    }),
    fixes: (about) =>
      editJson('Take the option out of daemon.json', '从 daemon.json 中删除该选项', takingOut(about)),
  },
  {
    id: 'docker-config-unknown-key',
    pattern: /directives don't match any configuration option: (.*)/,
    sources: [DOCKER_DAEMON, thread('moby/moby#32530', 'daemon.json parsing ignores unknown fields')],
    title: {
      en: 'Docker cannot start: daemon.json has an option that it does not know',
      'zh-CN': 'Docker 无法启动：daemon.json 中有未知选项',
    },
    why: (about) => ({
      en: `daemon.json is valid JSON, but this version of dockerd has no option ${about}: mistyped, or of another version.`,
      'zh-CN': `daemon.json 是有效的 JSON，但此版本的 dockerd 没有选项 ${about}：拼写错误，或属于其他版本。`,
    }),
    fixes: (about) => editJson('Mend or take out the option', '修正或删除该选项', takingOut(about)),
  },
  {
    id: 'docker-no-address-pool',
    pattern:
      /could not find an available, non-overlapping (IPv[46]) address pool|list bridge addresses failed: (?:Predefined|no available)/,
    sources: [
      thread(
        'moby/moby#41525',
        'Error initializing network controller: list bridge addresses failed: no available network',
      ),
      thread(
        'docker/for-linux#599',
        'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
      ),
      thread('moby/moby#30295', 'CentOS 7 Docker 1.13.0 startup issue'),
    ],
    title: {
      en: 'Docker cannot start: no address range is left for its bridge',
      'zh-CN': 'Docker 无法启动：没有可用的地址段分配给网桥',
    },
    why: (about) => ({
      en: `Every ${about || 'IPv4'} range that Docker would take for its networks collides with a route or a name server of the VM: a VPN that routes all private addresses does that.`,
      'zh-CN': `Docker 可用的 ${about || 'IPv4'} 地址段全部与虚拟机的路由或 DNS 服务器冲突：把所有私有地址都接管的 VPN 会造成这种情况。`,
    }),
    fixes: (_, routed) => {
      const free = RANGES.find((range) => !routed.some((prefix) => overlap(range, prefix)));
      return free === undefined
        ? bridgeByHand()
        : editJson(`Give it a range that is free: ${free}`, `为其指定一个空闲的地址段：${free}`, [
            {
              how: 'set-key',
              path: DAEMON_JSON,
              key: 'default-address-pools',
              value: [{ base: free, size: 24 }],
            },
          ]);
    },
  },
  {
    id: 'docker-iptables-unusable',
    pattern:
      /(can't initialize iptables table `\w+'|[Ii]ptables not found|Extension \w+ revision 0 not supported|RULE_APPEND failed \(No such file or directory\))/,
    sources: [
      thread(
        'docker/for-linux#1105',
        'failed to start daemon: Error initializing network controller: error obtaining controller instance',
      ),
      thread(
        'docker/for-linux#1521',
        'Docker version 28.0.0, build af898ab configures host network with no network access',
      ),
      thread('docker/for-linux#1437', 'Docker Engine does not start on Ubuntu 22.04 due to iptables issues'),
      thread('rocky-linux/documentation#3404', 'Docker setup documentation incomplete for rocky10'),
    ],
    title: {
      en: 'Docker cannot start: iptables does not work with this kernel',
      'zh-CN': 'Docker 无法启动：iptables 无法在此内核上工作',
    },
    why: (about) => ({
      en: `dockerd could not make its rules: ${about}. The kernel's modules are missing (a kernel that was updated and not booted yet, or Docker 28.0.0, which wanted ip_set), iptables is not installed, or it speaks to the other of its two backends.`,
      'zh-CN': `dockerd 无法创建规则：${about}。可能缺少内核模块（内核已更新但尚未重启，或 Docker 28.0.0 需要 ip_set）、未安装 iptables，或 iptables 使用了另一种后端。`,
    }),
    fixes: () => [
      {
        title: {
          en: 'Boot the kernel that is installed, or switch iptables to nf_tables',
          'zh-CN': '重启到已安装的内核，或把 iptables 切换到 nf_tables',
        },
        commands: restart('update-alternatives --set iptables /usr/sbin/iptables-nft'),
        undo: ['update-alternatives --set iptables /usr/sbin/iptables-legacy'],
        applies: 'told',
      },
    ],
  },
  {
    id: 'docker-forwarding-off',
    pattern: /IPv4 forwarding is disabled: check your host's firewalling/,
    sources: [
      thread('moby/moby#50646', 'nftables: never enable IP forwarding on the host'),
      thread('docker/for-linux#1559', 'Docker Engine not starting on RHEL 10'),
    ],
    holds: 'Docker 29.0.0 and later with "firewall-backend": "nftables"',
    title: {
      en: 'Docker cannot start: the kernel does not forward, and with nftables Docker does not switch it on',
      'zh-CN': 'Docker 无法启动：内核未开启转发，而使用 nftables 时 Docker 不会自行开启',
    },
    why: () => ({
      en: 'net.ipv4.ip_forward is 0. With iptables Docker sets it to 1 when it starts; with "firewall-backend": "nftables" it leaves that to you and gives up.',
      'zh-CN':
        'net.ipv4.ip_forward 为 0。使用 iptables 时 Docker 启动时会将其设为 1；而设置 "firewall-backend": "nftables" 后由您自行开启，否则 Docker 放弃启动。',
    }),
    fixes: () => {
      const forward = sysctlFix(
        'net.ipv4.ip_forward',
        { from: '0', to: '1' },
        { title: { en: 'Have the kernel forward, and start docker', 'zh-CN': '开启内核转发并启动 docker' } },
      );
      const commands = restart(...forward.commands);
      const undo = [STOP, ...forward.undo];
      const edits = forward.applied?.edits ?? [];
      return [
        { title: forward.title, commands, undo, applies: 'at-once', applied: { edits, commands, undo } },
      ];
    },
  },
];

/** Private ranges that few networks use, for Docker to take its own from. */
const RANGES = ['10.213.0.0/16', '172.31.0.0/16', '192.168.224.0/20'];

/** Where a VPN's routes cover everything, Docker takes a bridge that has its address already (seen with 20.10.24). */
function bridgeByHand(): Fix[] {
  return [
    {
      title: {
        en: 'Make its bridge by hand, then start docker; or start it before the VPN',
        'zh-CN': '手动创建其网桥后再启动 docker；或在 VPN 之前启动它',
      },
      commands: restart('ip link add docker0 type bridge', 'ip addr add 172.17.0.1/16 dev docker0'),
      undo: [STOP, 'ip link del docker0'],
      applies: 'told',
    },
  ];
}

/** The options that dockerd complains of, as it names them: `hosts: (from flag: …)`, `userland-proxies; …`. */
function takingOut(about: string): FileEdit[] {
  const names = [...about.matchAll(/(?:^|\), |; |, )([a-z][\w-]*)(?=:|;|,|$)/g)].flatMap(
    ([, key]) => key ?? [],
  );
  return names.map((key) => ({ how: 'remove-key', path: DAEMON_JSON, key }));
}

/** Docker does not run, so that starting it with another daemon.json interrupts nothing. */
function editJson(en: string, zh: string, edits: FileEdit[]): Fix[] {
  return [
    {
      title: { en, 'zh-CN': zh },
      ...(edits.length === 0
        ? { applies: 'told' }
        : { applies: 'at-once', applied: { edits, commands: restart(), undo: [STOP] } }),
      commands: restart(
        'cp -a /etc/docker/daemon.json /etc/docker/daemon.json.bak',
        'editor /etc/docker/daemon.json',
      ),
      undo: ['mv /etc/docker/daemon.json.bak /etc/docker/daemon.json'],
    },
  ];
}

/** dockerd does not start, and its last words say why. */
export const dockerStartFailure = defineRule({
  id: 'docker-start-failure',
  needs: ['docker'],
  causes: Object.fromEntries(
    FAILURES.map(({ id, sources, holds }) => [id, holds ? { sources, holds } : { sources }]),
  ),
  judge: ({ docker }, scene) => {
    if (docker.running) return [];
    const { routes } = scene.facts;
    const routed = routes.ok
      ? routes.value.routes.map(({ dst }) => dst).filter((dst) => !dst.endsWith('/0'))
      : [];
    for (const line of docker.journal.toReversed()) {
      for (const failure of FAILURES) {
        const found = failure.pattern.exec(line);
        if (found) return [finding(failure, found[1] ?? '', line)];
      }
    }
    return [];

    function finding(failure: Failure, about: string, line: string): Finding {
      const why = failure.why(about);
      return {
        id: failure.id,
        layer: 'daemon',
        insteadOf: ['docker-not-running', 'netfilter-drop', 'docker-rules-missing'],
        title: failure.title,
        says: {
          en: `The Docker daemon fails to start, so no container has a network. ${why.en}`,
          'zh-CN': `Docker 守护进程启动失败，因此没有容器拥有网络。${why['zh-CN']}`,
        },
        grade: 'inferred',
        owner: 'docker',
        evidence: [fromFact('docker', same(line)), ...someFlows(scene.bad)],
        fixes: failure.fixes(about, routed),
        explains: scene.bad.filter((f) => f.from.where !== 'guest' || f.to.container).map((f) => f.id),
      };
    }
  },
});
